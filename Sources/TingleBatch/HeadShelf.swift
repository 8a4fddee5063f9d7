import Synchronization
import TingleAudio
import TingleMix
import TingleSupport

/// Heads that were read, each once.
public enum HeadShelf {
  /// A head, and what tells it from others.
  struct Entry: Sendable {
    let measurements: HeadMeasurements
    let checksum: String
  }

  private static let read = Mutex<[String: Entry]>([:])

  /// A listener's own head, or the one that came with libmysofa; nil if that is not installed.
  /// - Throws: `AudioError` for a file that is none.
  static func head(_ path: String?) throws -> Entry? {
    guard let path = path ?? HeadFile.standardPath else { return nil }
    return try read.withLock { shelf in
      if let found = shelf[path] { return found }
      let entry = Entry(measurements: try HeadFile.read(path), checksum: try Checksum.ofFile(path))
      shelf[path] = entry
      return entry
    }
  }
}
