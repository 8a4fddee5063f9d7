import Foundation
import TingleLive
import TingleSupport

/// The file of a performance log during playback. Each line is written at once, so that a killed player loses
/// only the end.
final class RecordingLog: @unchecked Sendable {
  // Thread safety: `lock` guards `file` and `failure`.

  private let file: AtomicFile
  private let lock = NSLock()
  // The error of a line that could not be written; the complete log is then rewritten at the end.
  private var failure: (any Error)?

  /// - Parameter file: an empty file.
  init(_ file: AtomicFile) { self.file = file }

  /// Writes a line. Can be called on any thread.
  func append(_ line: Data) {
    lock.withLock {
      guard failure == nil else { return }
      do { try file.write(line) } catch { failure = error }
    }
  }

  /// Completes the log and renames the file to its final name.
  /// - Throws: `UserError` (`inputOutput`).
  func finish(with log: PerformanceLog) throws {
    try lock.withLock {
      if failure == nil {
        if log.lostFrames > 0 { try file.write(PerformanceLog.line(lost: log.lostFrames)) }
        try file.write(log.endLine)
      } else {
        try file.truncate(to: 0)
        try file.write(log.encoded())
      }
      try file.commit()
    }
  }
}
