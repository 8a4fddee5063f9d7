import CMySofa
import Foundation
import TingleMix
import TingleSupport

/// Somebody's head, from a SOFA file (AES69: head-related impulse responses), read by libmysofa.
public enum SOFAFile {
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
  public static func standard() -> HRIRSet? { standardPath.flatMap { try? read($0) } }

  /// A listener's own head.
  /// - Throws: `UserError` for a file that cannot be read, `UserError` (data) for no SOFA file, or no head measured from all round.
  public static func read(_ path: String) throws -> HRIRSet {
    guard try !SoundSource(path, as: "SOFA file").isPipe else {
      throw UserError(.noInput, "'\(path)' is a pipe; a head is read from a file")
    }
    var status: Int32 = 0
    let name = FileName.bytes(path).map { CChar(bitPattern: $0) } + [0]
    guard let set = mysofa_load(name, &status) else {
      throw UserError(.data, "'\(path)' is not a SOFA file that can be read: \(reason(status))")
    }
    defer { mysofa_free(set) }
    do {
      status = mysofa_check(set)
      guard status == 0 else { throw SOFAContents.ParseError("is of another kind: \(reason(status))") }
      mysofa_tospherical(set)
      return try SOFAContents(set.pointee).measurements()
    } catch let refusal as SOFAContents.ParseError {
      throw UserError(
        .data,
        "the head '\(path)' \(refusal.reason); a SOFA file of the convention SimpleFreeFieldHRIR is wanted")
    }
  }

  /// libmysofa's statuses, as the rest of a sentence.
  private static func reason(_ status: Int32) -> String {
    switch Int(status) {
    case MYSOFA_INVALID_FORMAT: "it is not the HDF5 that SOFA files are made of"
    case MYSOFA_UNSUPPORTED_FORMAT:
      "it holds data of a kind or size that libmysofa does not read, such as the long responses of a room"
    case MYSOFA_NO_MEMORY: "it needs more memory than there is"
    case MYSOFA_READ_ERROR: "it ends before it says"
    case MYSOFA_INVALID_ATTRIBUTES, MYSOFA_INVALID_DIMENSIONS, MYSOFA_INVALID_DIMENSION_LIST:
      "what it tells of its data is not what the convention says"
    case MYSOFA_INVALID_COORDINATE_TYPE: "its positions are neither spherical nor cartesian"
    default: "libmysofa says \(status)"
    }
  }
}

extension SOFAContents {
  /// Copies what libmysofa read, its positions in spherical coordinates.
  fileprivate init(_ set: MYSOFA_HRTF) throws(ParseError) {
    func values(_ array: MYSOFA_ARRAY) -> [Float] {
      array.values.map { Array(UnsafeBufferPointer(start: $0, count: Int(array.elements))) } ?? []
    }
    // Long responses are refused before they are copied.
    let rates = values(set.DataSamplingRate)
    try Self.check(frames: Int(set.N), sampleRate: Double(rates.first ?? 0))
    self.init(
      directions: Int(set.M), ears: Int(set.R), frames: Int(set.N), sampleRate: Double(rates.first ?? 0),
      positions: values(set.SourcePosition), responses: values(set.DataIR))
  }
}
