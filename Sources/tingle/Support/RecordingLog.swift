import Foundation
import TingleLive
import TingleSupport

/// The file of a performance's log while it is played: lines are in it as soon as they are known, so that a kill costs
/// nothing but the end.
final class RecordingLog: @unchecked Sendable {
  private let file: AtomicFile
  private let lock = NSLock()
  // A line that could not be written; the whole log is then written again at the end.
  private var failure: (any Error)?

  /// - Parameter file: empty.
  init(_ file: AtomicFile) { self.file = file }

  /// Takes a line, on any thread.
  func append(_ line: Data) {
    lock.withLock {
      guard failure == nil else { return }
      do { try file.write(line) } catch { failure = error }
    }
  }

  /// Ends the log, and gives the file its name.
  /// - Throws: `UserError` (inputOutput).
  func end(with log: PerformanceLog) throws {
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
