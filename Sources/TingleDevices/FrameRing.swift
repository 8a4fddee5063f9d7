import Dispatch
import Synchronization
import TingleDSP
import TingleMix

/// A lock-free ring buffer of frames with one writer and one reader: the audio thread writes, a meter or a
/// recorder reads.
///
/// Moving frames takes no lock; a side that cannot continue waits on a semaphore.
// Unchecked Sendable: one thread writes and one reads, and the atomic counters never let them use the same
// frames.
public final class FrameRing: @unchecked Sendable {
  private let storage: Buffer<StereoFrame>
  private let mask: Int
  private let written = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let lost = Atomic<Int>(0)
  private let closed = Atomic<Bool>(false)
  private let spaceFreed = DispatchSemaphore(value: 0)
  private let framesArrived = DispatchSemaphore(value: 0)

  /// Creates a ring of at least `capacity` frames, rounded up to a power of two.
  public init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    mask = size - 1
    storage = Buffer(repeating: .zero, count: size)
  }

  /// The number of frames that the ring holds.
  public var capacity: Int { mask + 1 }

  /// Whether either side has closed the ring.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Closes the ring and wakes both sides; no more frames will be written.
  public func close() {
    closed.store(true, ordering: .releasing)
    spaceFreed.signal()
    framesArrived.signal()
  }

  /// Writes all frames and blocks while the ring is full.
  /// - Returns: false if the ring was closed before all frames were written.
  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) -> Bool {
    var done = 0
    while done < frames.count {
      guard !isClosed else { return false }
      let tail = written.load(ordering: .relaxed)
      let free = capacity - (tail - read.load(ordering: .acquiring))
      guard free > 0 else {
        spaceFreed.wait()
        continue
      }
      let count = min(free, frames.count - done)
      for k in 0..<count { storage[(tail + k) & mask] = frames[done + k] }
      written.store(tail + count, ordering: .releasing)
      framesArrived.signal()
      done += count
    }
    return true
  }

  /// The number of frames that `offer` discarded because they did not fit.
  public var lostFrames: Int { lost.load(ordering: .acquiring) }

  /// Writes all frames if they fit, otherwise discards them; never blocks.
  /// - Returns: whether the frames were written.
  @discardableResult public func offer(_ frames: UnsafeBufferPointer<StereoFrame>) -> Bool {
    let tail = written.load(ordering: .relaxed)
    guard capacity - (tail - read.load(ordering: .acquiring)) >= frames.count else {
      lost.add(frames.count, ordering: .releasing)
      return false
    }
    for k in 0..<frames.count { storage[(tail + k) & mask] = frames[k] }
    written.store(tail + frames.count, ordering: .releasing)
    framesArrived.signal()
    return true
  }

  /// The number of frames that can be read without blocking.
  public var ready: Int { written.load(ordering: .acquiring) - read.load(ordering: .relaxed) }

  /// Fills `frames` and blocks while the ring is empty.
  /// - Returns: the number of frames read, fewer than requested only at the end of a closed ring.
  public func read(into frames: UnsafeMutableBufferPointer<StereoFrame>) -> Int {
    var done = 0
    while done < frames.count {
      let wasClosed = isClosed
      let head = read.load(ordering: .relaxed)
      let ready = written.load(ordering: .acquiring) - head
      guard ready > 0 else {
        if wasClosed { return done }
        framesArrived.wait()
        continue
      }
      let count = min(ready, frames.count - done)
      for k in 0..<count { frames[done + k] = storage[(head + k) & mask] }
      read.store(head + count, ordering: .releasing)
      spaceFreed.signal()
      done += count
    }
    return done
  }
}
