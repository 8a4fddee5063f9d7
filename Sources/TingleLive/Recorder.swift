import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleFiles
import TingleMix

/// Writes what is played to a sound file: player -> ring -> writer. Runs on its own thread.
public final class Recorder: @unchecked Sendable {
  // Thread safety: `failure` and `frames` belong to the thread until `done` is signalled; the others are
  // immutable.

  /// What a recorder reports while it works, on its thread.
  public enum Event: Sendable {
    /// Every two seconds: the number of frames played so far.
    case played(frames: Int)
    /// The disk was too slow: the total number of played frames that the file lacks. Sent again once the
    /// total has doubled.
    case lost(frames: Int)
    /// Nothing more can be written.
    case failed(any Error)
  }

  /// The ring that the player copies its frames to; it is closed at the end of playback.
  public let ring: FrameRing
  private let writer: SoundFileWriter
  private let sampleRate: Double
  private let handler: @Sendable (Event) -> Void
  private let done = DispatchSemaphore(value: 0)
  private var failure: (any Error)?
  private var frames = 0

  private static let progressSeconds = 2.0
  // A disk can take some seconds to spin up.
  private static let ringSeconds = 10.0

  /// Starts a recording.
  /// - Parameter handler: receives events on the recorder's thread.
  public convenience init(
    _ writer: SoundFileWriter, sampleRate: Double, handler: @Sendable @escaping (Event) -> Void = { _ in }
  ) {
    self.init(
      writer, sampleRate: sampleRate, ringFrames: Int(Self.ringSeconds * sampleRate), handler: handler)
  }

  package init(
    _ writer: SoundFileWriter, sampleRate: Double, ringFrames: Int,
    handler: @Sendable @escaping (Event) -> Void
  ) {
    self.writer = writer
    self.sampleRate = sampleRate
    self.handler = handler
    ring = FrameRing(capacity: ringFrames)
    let thread = Thread { [self] in record() }
    thread.name = "tingle recorder"
    thread.start()
  }

  /// The number of played frames that are missing from the file because the disk was too slow.
  public var lostFrames: Int { ring.lostFrames }

  private func record() {
    let block = Buffer<StereoFrame>(repeating: .zero, count: 4096)
    defer { done.signal() }
    var (reportedFrames, reportedLost) = (0, 0)
    while true {
      let count = ring.read(into: block.elements)
      let lost = ring.lostFrames
      if lost > 2 * reportedLost, failure == nil {
        handler(.lost(frames: lost))
        reportedLost = lost
      }
      guard count > 0 else { return }
      guard failure == nil else { continue }
      do {
        try writer.write(UnsafeBufferPointer(block[0..<count]))
        frames += count
        if frames - reportedFrames >= Int(Self.progressSeconds * sampleRate) {
          handler(.played(frames: frames + lost))
          reportedFrames = frames
        }
      } catch {
        failure = error
        handler(.failed(error))
      }
    }
  }

  /// Waits until the ring is closed and written, and completes the file.
  /// - Returns: the number of frames in the file.
  /// - Throws: the error that ended the recording; no file is then left.
  public func finish() throws -> Int {
    done.wait()
    if let failure {
      writer.abandon()
      throw failure
    }
    try writer.close()
    return frames
  }
}
