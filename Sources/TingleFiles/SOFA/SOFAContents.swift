import Foundation
import TingleMix

/// What is in a SOFA file, and whether it is a head that was measured from all round.
package struct SOFAContents {
  /// Why it is not, as the rest of a sentence that begins with the file.
  package struct ParseError: Error {
    package let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// How many measurements there are, of how many ears, and how long each response is.
  let directions: Int
  let ears: Int
  let frames: Int
  /// In hertz.
  let sampleRate: Double
  /// Azimuth to the left and elevation in degrees and distance in metres, of each measurement.
  let positions: [Float]
  /// The left ear's and the right ear's, of each measurement.
  let responses: [Float]

  package init(
    directions: Int, ears: Int, frames: Int, sampleRate: Double, positions: [Float], responses: [Float]
  ) {
    self.directions = directions
    self.ears = ears
    self.frames = frames
    self.sampleRate = sampleRate
    self.positions = positions
    self.responses = responses
  }

  private static let fewestFrames = 32
  private static let fewestDirections = 24
  private static let longestSeconds = 0.1
  private static let sampleRates = 8000.0...400_000
  // A response of ten thousand times full scale is a mistake, as is one of nothing.
  private static let peaks: ClosedRange<Float> = 1e-9...1e4
  // Where a direction is missing all round, nothing can be put between its neighbours.
  private static let widestGapDegrees = 60.0

  /// Whether responses are as long as a head's.
  static func check(frames: Int, sampleRate: Double) throws(ParseError) {
    guard sampleRates.contains(sampleRate) else {
      throw ParseError("has no sensible sample rate: \(sampleRate.formatted(.number.grouping(.never))) Hz")
    }
    guard frames >= fewestFrames else {
      throw ParseError("has impulse responses of only \(frames) samples")
    }
    let seconds = Double(frames) / sampleRate
    guard seconds <= longestSeconds else {
      throw ParseError(
        "was measured in a room: its impulse responses last \(String(format: "%.2f", seconds)) s, "
          + "and a head's are over in \(longestSeconds) s")
    }
  }

  /// The measurements at the largest distance.
  package func measurements() throws(ParseError) -> HRIRSet {
    try Self.check(frames: frames, sampleRate: sampleRate)
    guard ears == 2 else { throw ParseError("has \(ears) ears") }
    guard responses.count >= directions * 2 * frames, positions.count >= directions * 3 else {
      throw ParseError("is shorter than it says")
    }
    guard positions.allSatisfy(\.isFinite) else { throw ParseError("has a position that is not a number") }
    let radius = (0..<directions).map { Double(positions[3 * $0 + 2]) }.max() ?? 0
    let found = (0..<directions).filter { abs(Double(positions[3 * $0 + 2]) - radius) <= 0.05 * abs(radius) }
      .map(direction)
    for direction in found {
      for ear in [direction.left, direction.right] {
        let isFinite = ear.allSatisfy(\.isFinite)
        guard isFinite, Self.peaks.contains(ear.reduce(0) { max($0, abs($1)) }) else {
          throw ParseError(
            "has \(isFinite ? "a silent or far too loud response" : "a response that is not a number")")
        }
      }
    }
    try Self.checkCoverage(found)
    return HRIRSet(
      directions: found, sampleRate: sampleRate, radiusMetres: (0.2...10).contains(radius) ? radius : 1.4)
  }

  private func direction(_ k: Int) -> HRIRSet.Direction {
    func ear(_ index: Int) -> [Float] {
      Array(responses[(2 * k + index) * frames..<(2 * k + index + 1) * frames])
    }
    // SOFA counts azimuths to the left, and gives the left ear first.
    return HRIRSet.Direction(
      azimuthDegrees: -Double(positions[3 * k]), elevationDegrees: Double(positions[3 * k + 1]),
      left: ear(0), right: ear(1))
  }

  /// Whether there are enough directions, and some to all four sides.
  private static func checkCoverage(_ found: [HRIRSet.Direction]) throws(ParseError) {
    let vectors = found.map { vector($0.azimuthDegrees, $0.elevationDegrees) }
    let distinct = Set(vectors.map { ($0 * 100).rounded(.toNearestOrEven) }).count
    guard distinct > 1 || found.count < 2 else {
      throw ParseError("has all its \(found.count) measurements from one direction")
    }
    guard distinct >= fewestDirections else { throw ParseError("has only \(distinct) directions") }
    for (side, azimuth) in [("the front", 0.0), ("the right", 90), ("the back", 180), ("the left", -90)] {
      let target = vector(azimuth, 0)
      let nearest = vectors.map { ($0 * target).sum() }.max() ?? -1
      let degrees = acos(max(-1, min(1, nearest))) * 180 / .pi
      guard degrees <= widestGapDegrees else {
        throw ParseError(
          "was not measured from all round: the direction nearest to \(side) is \(Int(degrees)) degrees away")
      }
    }
  }

  private static func vector(_ azimuthDegrees: Double, _ elevationDegrees: Double) -> SIMD3<Double> {
    let (azimuth, elevation) = (azimuthDegrees * .pi / 180, elevationDegrees * .pi / 180)
    return SIMD3(cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation))
  }
}
