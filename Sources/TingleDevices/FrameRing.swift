import Dispatch
import Synchronization
import TingleDSP
import TingleMix

/// A lock-free queue of frames from one thread to one other: the audio thread offers, a meter or a recorder takes.
///
/// Moving frames takes no lock and no system call; only a side that finds nothing to do sleeps on a semaphore.
public final class FrameRing: @unchecked Sendable {
  private let storage: Buffer<StereoFrame>
  private let mask: Int
  private let written = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let refused = Atomic<Int>(0)
  private let closed = Atomic<Bool>(false)
  private let moved = DispatchSemaphore(value: 0)
  private let arrived = DispatchSemaphore(value: 0)

  /// A queue of at least `capacity` frames.
  public init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    mask = size - 1
    storage = Buffer(repeating: .zero, count: size)
  }

  /// How many frames fit.
  public var capacity: Int { mask + 1 }

  /// True once either side has said that it is over.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Says that no more frames will come, or be taken, and wakes the other side.
  public func close() {
    closed.store(true, ordering: .releasing)
    moved.signal()
    arrived.signal()
  }

  /// Puts all frames in, sleeping while there is no room.
  /// - Returns: false when the queue was closed before all were in.
  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) -> Bool {
    var done = 0
    while done < frames.count {
      guard !isClosed else { return false }
      let tail = written.load(ordering: .relaxed)
      let room = capacity - (tail - read.load(ordering: .acquiring))
      guard room > 0 else {
        moved.wait()
        continue
      }
      let count = min(room, frames.count - done)
      for k in 0..<count { storage[(tail + k) & mask] = frames[done + k] }
      written.store(tail + count, ordering: .releasing)
      arrived.signal()
      done += count
    }
    return true
  }

  /// The number of frames that were offered and did not fit.
  public var lostFrames: Int { refused.load(ordering: .acquiring) }

  /// Puts all frames in if there is room for them all, and never sleeps.
  /// - Returns: whether there was.
  @discardableResult public func offer(_ frames: UnsafeBufferPointer<StereoFrame>) -> Bool {
    let tail = written.load(ordering: .relaxed)
    guard capacity - (tail - read.load(ordering: .acquiring)) >= frames.count else {
      refused.add(frames.count, ordering: .releasing)
      return false
    }
    for k in 0..<frames.count { storage[(tail + k) & mask] = frames[k] }
    written.store(tail + frames.count, ordering: .releasing)
    arrived.signal()
    return true
  }

  /// How many frames can be taken out.
  public var ready: Int { written.load(ordering: .acquiring) - read.load(ordering: .relaxed) }

  /// Takes frames out, as many as fit into `frames`, sleeping until those are there.
  /// - Returns: how many; fewer than asked only at the end of a closed queue.
  public func read(into frames: UnsafeMutableBufferPointer<StereoFrame>) -> Int {
    var done = 0
    while done < frames.count {
      let wasClosed = isClosed
      let head = read.load(ordering: .relaxed)
      let ready = written.load(ordering: .acquiring) - head
      guard ready > 0 else {
        if wasClosed { return done }
        arrived.wait()
        continue
      }
      let count = min(ready, frames.count - done)
      for k in 0..<count { frames[done + k] = storage[(head + k) & mask] }
      read.store(head + count, ordering: .releasing)
      moved.signal()
      done += count
    }
    return done
  }
}
