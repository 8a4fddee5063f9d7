import Synchronization
import TingleFiles
import TingleMix
import TingleSupport

/// Heads that were read, each once.
public enum HRTFCache {
  /// A head, and what tells it from others.
  struct Entry: Sendable {
    let measurements: HRIRSet
    let checksum: String
  }

  private static let read = Mutex<[String: Entry]>([:])

  /// A listener's own head, or the one that came with libmysofa; nil if that is not installed.
  /// - Throws: `UserError` for a file that is none.
  static func head(_ path: String?) throws -> Entry? {
    guard let path = path ?? SOFAFile.standardPath else { return nil }
    return try read.withLock { shelf in
      if let found = shelf[path] { return found }
      let entry = Entry(measurements: try SOFAFile.read(path), checksum: try Checksum.ofFile(path))
      shelf[path] = entry
      return entry
    }
  }
}
