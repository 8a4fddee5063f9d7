import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleFiles
import TingleMix

/// Writes what is played to a file, on a thread of its own.
public final class Recorder: @unchecked Sendable {
  /// What a recorder reports while it works, on its thread.
  public enum Event: Sendable {
    /// Every two seconds: the number of frames played so far.
    case played(frames: Int)
    /// The disk was too slow: the total number of played frames that the file lacks. Sent again once the total has doubled.
    case lost(frames: Int)
    /// Nothing more can be written.
    case failed(any Error)
  }

  /// What it writes; closed when the playing is over.
  public let ring: FrameRing
  private let writer: SoundFileWriter
  private let sampleRate: Double
  private let tell: @Sendable (Event) -> Void
  private let done = DispatchSemaphore(value: 0)
  // The thread's own until it is done.
  private var failure: (any Error)?
  private var frames = 0

  // How often it is told what is in the file.
  private static let progressSeconds = 2.0
  // A disk may sleep for some seconds.
  private static let ringSeconds = 10.0

  /// Begins.
  public convenience init(
    _ writer: SoundFileWriter, sampleRate: Double, tell: @Sendable @escaping (Event) -> Void = { _ in }
  ) {
    self.init(writer, sampleRate: sampleRate, ringFrames: Int(Self.ringSeconds * sampleRate), tell: tell)
  }

  package init(
    _ writer: SoundFileWriter, sampleRate: Double, ringFrames: Int, tell: @Sendable @escaping (Event) -> Void
  ) {
    self.writer = writer
    self.sampleRate = sampleRate
    self.tell = tell
    ring = FrameRing(capacity: ringFrames)
    let thread = Thread { [self] in record() }
    thread.name = "tingle recorder"
    thread.start()
  }

  /// How many frames of what was played are not in the file because the disk was too slow.
  public var lostFrames: Int { ring.lostFrames }

  private func record() {
    let block = Buffer<StereoFrame>(repeating: .zero, count: 4096)
    defer { done.signal() }
    var (told, toldLost) = (0, 0)
    while true {
      let count = ring.read(into: block.elements)
      let lost = ring.lostFrames
      // A slow disk is not reported at every write.
      if lost > 2 * toldLost, failure == nil {
        tell(.lost(frames: lost))
        toldLost = lost
      }
      guard count > 0 else { return }
      guard failure == nil else { continue }
      do {
        try writer.write(UnsafeBufferPointer(block[0..<count]))
        frames += count
        if frames - told >= Int(Self.progressSeconds * sampleRate) {
          tell(.played(frames: frames + lost))
          told = frames
        }
      } catch {
        failure = error
        tell(.failed(error))
      }
    }
  }

  /// Ends the file, once the ring has been closed.
  /// - Returns: how many frames were written.
  /// - Throws: what went wrong meanwhile; the file is then not there.
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
