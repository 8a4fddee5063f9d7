import Foundation
import Synchronization
import TingleAudio
import TingleMix

/// Writes what is played to a file, on a thread of its own.
public final class Recorder: @unchecked Sendable {
  /// What it writes; closed when the playing is over.
  public let ring: FrameRing
  private let writer: SoundFileWriter
  private let done = DispatchSemaphore(value: 0)
  // The thread's own until it is done.
  private var failure: (any Error)?
  private var frames = 0

  /// Begins.
  public init(_ writer: SoundFileWriter, sampleRate: Double) {
    self.writer = writer
    // A disk may sleep for some seconds.
    ring = FrameRing(capacity: Int(10 * sampleRate))
    let thread = Thread { [self] in record() }
    thread.name = "tingle recorder"
    thread.start()
  }

  private func record() {
    let block = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: 4096)
    block.initialize(repeating: .zero)
    defer {
      block.deallocate()
      done.signal()
    }
    while true {
      let count = ring.read(into: block)
      guard count > 0 else { return }
      guard failure == nil else { continue }
      do {
        try writer.write(UnsafeBufferPointer(block.extracting(0..<count)))
        frames += count
      } catch {
        failure = error
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
