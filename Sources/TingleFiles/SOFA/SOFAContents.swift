import Foundation
import TingleMix

/// The contents of a SOFA file, and their conversion to an HRIR set that covers all directions.
package struct SOFAContents {
  /// Why the contents are not a usable HRIR set, as a phrase that follows the file's name.
  package struct ParseError: Error {
    package let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// The number of measured directions (M in SOFA).
  let directions: Int
  /// The number of receivers (R in SOFA).
  let ears: Int
  /// The length of each impulse response in samples (N in SOFA).
  let frames: Int
  /// The sample rate in hertz.
  let sampleRate: Double
  /// Azimuth (positive to the left) and elevation in degrees and distance in metres: M x 3.
  let positions: [Float]
  /// The impulse responses: M x R x N, left ear first.
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

  private static let minFrames = 32
  private static let minDirections = 24
  private static let maxSeconds = 0.1
  private static let sampleRates = 8000.0...400_000
  // The peak of a valid response, relative to full scale.
  private static let peaks: ClosedRange<Float> = 1e-9...1e4
  // Across a wider gap, responses cannot be interpolated.
  private static let maxGapDegrees = 60.0

  /// Checks that the impulse responses have the length of HRIRs.
  static func check(frames: Int, sampleRate: Double) throws(ParseError) {
    guard sampleRates.contains(sampleRate) else {
      throw ParseError("has an unsupported sample rate: \(sampleRate.formatted(.number.grouping(.never))) Hz")
    }
    guard frames >= minFrames else {
      throw ParseError("has impulse responses of only \(frames) samples; at least \(minFrames) are required")
    }
    let seconds = Double(frames) / sampleRate
    guard seconds <= maxSeconds else {
      throw ParseError(
        "contains room responses: its impulse responses last \(String(format: "%.2f", seconds)) s, "
          + "and HRIRs last at most \(maxSeconds) s")
    }
  }

  /// Converts the measurements at the largest distance to an HRIR set.
  package func measurements() throws(ParseError) -> HRIRSet {
    try Self.check(frames: frames, sampleRate: sampleRate)
    guard ears == 2 else { throw ParseError("has \(ears) receivers instead of 2 ears") }
    guard responses.count >= directions * 2 * frames, positions.count >= directions * 3 else {
      throw ParseError("contains less data than it declares")
    }
    guard positions.allSatisfy(\.isFinite) else {
      throw ParseError("contains a position that is not a number")
    }
    let radius = (0..<directions).map { Double(positions[3 * $0 + 2]) }.max() ?? 0
    let outermost = (0..<directions).filter {
      abs(Double(positions[3 * $0 + 2]) - radius) <= 0.05 * abs(radius)
    }
    .map(direction)
    for direction in outermost {
      for ear in [direction.left, direction.right] {
        let isFinite = ear.allSatisfy(\.isFinite)
        guard isFinite, Self.peaks.contains(ear.reduce(0) { max($0, abs($1)) }) else {
          throw ParseError(
            "contains \(isFinite ? "a silent or much too loud response" : "a response that is not a number")")
        }
      }
    }
    try Self.checkCoverage(outermost)
    return HRIRSet(
      directions: outermost, sampleRate: sampleRate, radiusMetres: (0.2...10).contains(radius) ? radius : 1.4)
  }

  private func direction(_ k: Int) -> HRIRSet.Direction {
    func ear(_ index: Int) -> [Float] {
      Array(responses[(2 * k + index) * frames..<(2 * k + index + 1) * frames])
    }
    // In SOFA, azimuths are positive to the left.
    return HRIRSet.Direction(
      azimuthDegrees: -Double(positions[3 * k]), elevationDegrees: Double(positions[3 * k + 1]),
      left: ear(0), right: ear(1))
  }

  /// Checks that there are enough directions, with none of the four sides missing.
  private static func checkCoverage(_ measured: [HRIRSet.Direction]) throws(ParseError) {
    let vectors = measured.map { vector($0.azimuthDegrees, $0.elevationDegrees) }
    let distinct = Set(vectors.map { ($0 * 100).rounded(.toNearestOrEven) }).count
    guard distinct > 1 || measured.count < 2 else {
      throw ParseError("has all its \(measured.count) measurements in one direction")
    }
    guard distinct >= minDirections else {
      throw ParseError("has only \(distinct) directions; at least \(minDirections) are required")
    }
    for (side, azimuth) in [("the front", 0.0), ("the right", 90), ("the back", 180), ("the left", -90)] {
      let target = vector(azimuth, 0)
      let nearest = vectors.map { ($0 * target).sum() }.max() ?? -1
      let degrees = acos(max(-1, min(1, nearest))) * 180 / .pi
      guard degrees <= maxGapDegrees else {
        throw ParseError(
          "does not cover all directions: the one nearest to \(side) is \(Int(degrees)) degrees away")
      }
    }
  }

  private static func vector(_ azimuthDegrees: Double, _ elevationDegrees: Double) -> SIMD3<Double> {
    let (azimuth, elevation) = (azimuthDegrees * .pi / 180, elevationDegrees * .pi / 180)
    return SIMD3(cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation))
  }
}
