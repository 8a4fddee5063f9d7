import Foundation
import Synchronization
import TingleAudio
import TingleMix

/// Writes what is played to a file, on a thread of its own.
public final class Recorder: @unchecked Sendable {
  /// What it writes; closed when the playing is over.
  public let ring: FrameRing
  private let writer: SoundFileWriter
  private let sampleRate: Double
  private let progress: @Sendable (Int) -> Void
  private let done = DispatchSemaphore(value: 0)
  // The thread's own until it is done.
  private var failure: (any Error)?
  private var frames = 0

  // How often it is told what is in the file.
  private static let progressSeconds = 2.0

  /// Begins.
  /// - Parameter progress: called every other second, on the recorder's thread, with the frames that are in the file.
  public init(
    _ writer: SoundFileWriter, sampleRate: Double, progress: @Sendable @escaping (Int) -> Void = { _ in }
  ) {
    self.writer = writer
    self.sampleRate = sampleRate
    self.progress = progress
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
    var told = 0
    while true {
      let count = ring.read(into: block)
      guard count > 0 else { return }
      guard failure == nil else { continue }
      do {
        try writer.write(UnsafeBufferPointer(block.extracting(0..<count)))
        frames += count
        if frames - told >= Int(Self.progressSeconds * sampleRate) {
          progress(frames)
          told = frames
        }
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
