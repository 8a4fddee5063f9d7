import Synchronization
import TingleFiles
import TingleMix
import TingleSupport

/// The SOFA files that were loaded, each read once.
public enum HRTFCache {
  /// An HRIR set and the SHA-256 of its SOFA file.
  struct Entry: Sendable {
    let measurements: HRIRSet
    let checksum: String
  }

  private static let entries = Mutex<[String: Entry]>([:])

  /// Loads a SOFA file.
  /// - Parameter path: the file; nil for the default set of libmysofa.
  /// - Returns: nil if `path` is nil and libmysofa's set is not installed.
  /// - Throws: `UserError` for a file that is not a valid SOFA file.
  static func entry(at path: String?) throws -> Entry? {
    guard let path = path ?? SOFAFile.standardPath else { return nil }
    return try entries.withLock { entries in
      if let entry = entries[path] { return entry }
      let entry = Entry(measurements: try SOFAFile.read(path), checksum: try Checksum.ofFile(path))
      entries[path] = entry
      return entry
    }
  }
}
