import CMySofa
import Foundation
import TingleMix
import TingleSupport

/// Somebody's head, from a SOFA file (AES69: head-related impulse responses), read by libmysofa.
public enum HeadFile {
  /// Where libmysofa keeps the set that comes with it, of the artificial head KEMAR: W. G. Gardner and K. D. Martin, "HRTF
  /// measurements of a KEMAR", JASA 97 (1995) 3907.
  private static let places = [
    "/usr/share/libmysofa/default.sofa", "/usr/local/share/libmysofa/default.sofa",
  ]

  /// Where the head is that came with libmysofa, or nil if it is not installed.
  public static var standardPath: String? {
    places.first { FileSystem.exists($0) }
  }

  /// The head that came with libmysofa, or nil if it is not installed.
  public static func standard() -> HeadMeasurements? { standardPath.flatMap { try? read($0) } }

  /// A listener's own head.
  /// - Throws: `FileError` for a file that cannot be read, `AudioError` (data) for no SOFA file, or one without enough in it.
  public static func read(_ path: String) throws -> HeadMeasurements {
    try InputFile.check(path)
    var status: Int32 = 0
    let name = FileName.bytes(path).map { CChar(bitPattern: $0) } + [0]
    guard let set = mysofa_load(name, &status) else {
      throw AudioError(.data, "'\(path)' is not a SOFA file that can be read (libmysofa says \(status))")
    }
    defer { mysofa_free(set) }
    func refuse(_ reason: String) -> AudioError {
      AudioError(
        .data, "the head '\(path)' \(reason); a SOFA file of the convention SimpleFreeFieldHRIR is wanted")
    }
    status = mysofa_check(set)
    guard status == 0 else { throw refuse("is of an unknown kind (libmysofa says \(status))") }
    mysofa_tospherical(set)
    let (count, ears, frames) = (Int(set.pointee.M), Int(set.pointee.R), Int(set.pointee.N))
    guard ears == 2 else { throw refuse("has \(ears) ears") }
    guard frames >= 32 else { throw refuse("has impulse responses of only \(frames) samples") }
    guard set.pointee.DataSamplingRate.elements > 0,
      case let rate = Double(set.pointee.DataSamplingRate.values[0]),
      (8000...400_000).contains(rate)
    else { throw refuse("has no sensible sample rate") }
    let (responses, sources) = (set.pointee.DataIR, set.pointee.SourcePosition)
    guard Int(responses.elements) >= count * 2 * frames, Int(sources.elements) >= count * 3 else {
      throw refuse("is shorter than it says")
    }

    let radius = (0..<count).map { Double(sources.values[3 * $0 + 2]) }.max() ?? 0
    var directions: [HeadMeasurements.Direction] = []
    for k in 0..<count where abs(Double(sources.values[3 * k + 2]) - radius) < 0.05 * radius {
      func ear(_ index: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: responses.values + (2 * k + index) * frames, count: frames))
      }
      // SOFA counts azimuths to the left, and gives the left ear first.
      directions.append(
        HeadMeasurements.Direction(
          azimuthDegrees: -Double(sources.values[3 * k]), elevationDegrees: Double(sources.values[3 * k + 1]),
          left: ear(0), right: ear(1)))
    }
    guard directions.count >= 24 else { throw refuse("has only \(directions.count) directions") }
    for direction in directions {
      for ear in [direction.left, direction.right] {
        guard ear.allSatisfy(\.isFinite), ear.contains(where: { abs($0) > 1e-9 }) else {
          throw refuse("has a silent or broken response")
        }
      }
    }
    return HeadMeasurements(
      directions: directions, sampleRate: rate, radiusMetres: (0.2...10).contains(radius) ? radius : 1.4)
  }
}
