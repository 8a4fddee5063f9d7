import CMySofa
import Foundation
import TingleMix
import TingleSupport

/// Reads head-related impulse responses from a SOFA file (AES69) with libmysofa.
public enum SOFAFile {
  /// The paths where libmysofa installs its default HRIR set, of the dummy head KEMAR: W. G. Gardner and K.
  /// D. Martin, "HRTF measurements of a KEMAR", JASA 97 (1995) 3907.
  private static let standardPaths = [
    "/usr/share/libmysofa/default.sofa", "/usr/local/share/libmysofa/default.sofa",
  ]

  /// The path of libmysofa's default HRIR set; nil if it is not installed.
  public static var standardPath: String? {
    standardPaths.first { FileSystem.exists($0) }
  }

  /// Reads libmysofa's default HRIR set; nil if it is not installed.
  public static func standard() -> HRIRSet? { standardPath.flatMap { try? read($0) } }

  /// Reads the HRIR set of a SOFA file.
  /// - Throws: `UserError`: `noInput` if the file cannot be read, `data` if it is not a SOFA file or does not
  ///   cover all directions.
  public static func read(_ path: String) throws -> HRIRSet {
    guard try !ByteSource(path, as: "SOFA file").isPipe else {
      throw UserError(.noInput, "'\(path)' is a pipe; a SOFA file must be a regular file")
    }
    var status: Int32 = 0
    let name = FileName.bytes(path).map { CChar(bitPattern: $0) } + [0]
    guard let set = mysofa_load(name, &status) else {
      throw UserError(.data, "'\(path)' is not a readable SOFA file: \(reason(status))")
    }
    defer { mysofa_free(set) }
    do {
      status = mysofa_check(set)
      guard status == 0 else { throw SOFAContents.ParseError("is not supported: \(reason(status))") }
      mysofa_tospherical(set)
      return try SOFAContents(set.pointee).measurements()
    } catch let error as SOFAContents.ParseError {
      throw UserError(
        .data,
        "the SOFA file '\(path)' \(error.reason); use a file of the convention SimpleFreeFieldHRIR")
    }
  }

  /// The text for a libmysofa status.
  private static func reason(_ status: Int32) -> String {
    switch Int(status) {
    case MYSOFA_INVALID_FORMAT: "it is not an HDF5 file"
    case MYSOFA_UNSUPPORTED_FORMAT:
      "libmysofa does not support its data type or size, such as long room responses"
    case MYSOFA_NO_MEMORY: "not enough memory"
    case MYSOFA_READ_ERROR: "it ends unexpectedly"
    case MYSOFA_INVALID_ATTRIBUTES, MYSOFA_INVALID_DIMENSIONS, MYSOFA_INVALID_DIMENSION_LIST:
      "its attributes or dimensions do not match the convention"
    case MYSOFA_INVALID_COORDINATE_TYPE: "its positions are neither spherical nor Cartesian"
    default: "libmysofa error \(status)"
    }
  }
}

extension SOFAContents {
  /// Copies the data that libmysofa read, with positions in spherical coordinates.
  fileprivate init(_ set: MYSOFA_HRTF) throws(ParseError) {
    func values(_ array: MYSOFA_ARRAY) -> [Float] {
      array.values.map { Array(UnsafeBufferPointer(start: $0, count: Int(array.elements))) } ?? []
    }
    // Reject long responses before copying them.
    let rates = values(set.DataSamplingRate)
    try Self.check(frames: Int(set.N), sampleRate: Double(rates.first ?? 0))
    self.init(
      directions: Int(set.M), ears: Int(set.R), frames: Int(set.N), sampleRate: Double(rates.first ?? 0),
      positions: values(set.SourcePosition), responses: values(set.DataIR))
  }
}
