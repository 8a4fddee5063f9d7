import Dispatch
import Synchronization
import TingleDSP

/// A timeline's render in progress: any number of worker threads render pieces, and one consumer thread
/// receives them in order.
///
/// At most one piece per worker, and one more, is in memory.
///
/// `@unchecked Sendable`: the mutable state is behind `state`'s lock, and a piece has one user at a time.
public final class TimelineRender: @unchecked Sendable {
  /// The memory of one piece. `@unchecked Sendable`: only the thread that took it from `State` uses it.
  private final class Piece: @unchecked Sendable {
    let frames: Buffer<StereoFrame>

    init(_ count: Int) { frames = Buffer(repeating: .zero, count: count) }
  }

  private let timeline: Timeline
  private let isCancelled: @Sendable () -> Bool
  private let state = Mutex(State())
  // Counts the pieces that can be in memory. Created with 0, as Dispatch traps when a semaphore is released
  // below its initial value.
  private let free = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// The state that all threads share.
  private struct State {
    var next = 0
    var isStopped = false
    var finished: [Int: Piece] = [:]
    var unused: [Piece] = []
  }

  /// - Parameter isCancelled: polled on any thread; true to cancel.
  public init(_ timeline: Timeline, isCancelled: @Sendable @escaping () -> Bool = { false }) {
    self.timeline = timeline
    self.isCancelled = isCancelled
    free.signal()
  }

  /// The number of pieces that no worker has started; 0 once the render has stopped.
  public var remainingPieces: Int { state.withLock { $0.isStopped ? 0 : timeline.pieces - $0.next } }

  /// Renders pieces on the calling thread until none remains.
  public func renderPieces() {
    guard remainingPieces > 0 else { return }
    free.signal()
    var prepared: MixRenderer?
    var position = 0
    while let (number, piece) = claim() {
      let range = timeline.range(of: number)
      // Prepared at its first piece: every start renders seconds of sound to fill delays and filters.
      let renderer =
        prepared
        ?? MixRenderer(timeline.mix, sampleRate: timeline.sampleRate, startFrame: range.lowerBound)
      if let prepared, range.lowerBound != position { prepared.seek(toFrame: range.lowerBound) }
      prepared = renderer
      position = range.upperBound
      // In portions, so that a cancelled render ends soon.
      for start in stride(from: 0, to: range.count, by: 1 << 15) where !isStopped {
        renderer.render(into: piece.frames[start..<min(range.count, start + 1 << 15)])
      }
      state.withLock { $0.finished[number] = piece }
      done.signal()
    }
    // Wakes the next worker that waits for memory, so that it can see that no piece remains.
    free.signal()
  }

  /// Renders on `jobs` threads and delivers the pieces in order on the calling thread. Returns early, without
  /// an error, when cancelled.
  /// - Parameter consume: receives one piece after the other; an error that it throws stops the render.
  public func render(to consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    let workers = DispatchGroup()
    for _ in 0..<min(timeline.jobs, timeline.pieces) {
      DispatchQueue.global().async(group: workers) { self.renderPieces() }
    }
    defer { workers.wait() }
    try deliver(to: consume)
  }

  /// Delivers the pieces in order on the calling thread. Returns early, without an error, when cancelled.
  /// - Parameter consume: receives one piece after the other; an error that it throws stops the render.
  private func deliver(to consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    defer {
      state.withLock { $0.isStopped = true }
      free.signal()
    }
    for number in 0..<timeline.pieces {
      let piece = awaitPiece(number)
      guard !isCancelled() else { return recycle(piece) }
      defer { recycle(piece) }
      try consume(piece.frames[0..<timeline.range(of: number).count])
    }
  }

  private var isStopped: Bool { isCancelled() || state.withLock { $0.isStopped } }

  /// The number and memory of the next piece to render, once memory is free; nil if no piece remains.
  private func claim() -> (Int, Piece)? {
    free.wait()
    return state.withLock { state in
      guard !state.isStopped, state.next < timeline.pieces else { return nil }
      defer { state.next += 1 }
      return (state.next, state.unused.popLast() ?? Piece(timeline.pieceFrames))
    }
  }

  private func awaitPiece(_ number: Int) -> Piece {
    while true {
      if let piece = state.withLock({ $0.finished.removeValue(forKey: number) }) { return piece }
      done.wait()
    }
  }

  private func recycle(_ piece: Piece) {
    state.withLock { $0.unused.append(piece) }
    free.signal()
  }
}
