import Dispatch
import Synchronization

/// A timeline being rendered: any number of threads may come and help, as long as there are pieces to begin;
/// one collects the pieces in order.
///
/// There are at most as many pieces in memory as threads have come, and one.
public final class TimelineWork: @unchecked Sendable {
  /// Memory for a piece; whoever has it is the only one who touches it.
  private final class Piece: @unchecked Sendable {
    let frames: UnsafeMutableBufferPointer<StereoFrame>

    init(_ count: Int) {
      frames = .allocate(capacity: count)
      frames.initialize(repeating: .zero)
    }

    deinit { frames.deallocate() }
  }

  private let timeline: Timeline
  private let isCancelled: @Sendable () -> Bool
  private let desk = Mutex(State())
  // Begun at nothing: Dispatch forbids a semaphore to end lower than it began.
  private let free = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// What the threads agree about.
  private struct State {
    var next = 0
    var isStopped = false
    var finished: [Int: Piece] = [:]
    var unused: [Piece] = []
  }

  /// - Parameter isCancelled: asked now and then, on any thread; once it says so, the work ends early.
  public init(_ timeline: Timeline, isCancelled: @Sendable @escaping () -> Bool = { false }) {
    self.timeline = timeline
    self.isCancelled = isCancelled
    free.signal()
  }

  /// How many pieces nobody has begun.
  public var left: Int { desk.withLock { $0.isStopped ? 0 : timeline.pieces - $0.next } }

  /// Renders pieces on the calling thread until there is none left to begin.
  public func help() {
    guard left > 0 else { return }
    free.signal()
    var prepared: MixRenderer?
    var position = 0
    while let (number, piece) = claim() {
      let range = timeline.range(of: number)
      // Prepared at its first piece: each start renders some seconds of sound to fill delays and filters.
      let renderer =
        prepared
        ?? MixRenderer(timeline.mix, sampleRate: timeline.sampleRate, startFrame: range.lowerBound)
      if let prepared, range.lowerBound != position { prepared.seek(toFrame: range.lowerBound) }
      prepared = renderer
      position = range.upperBound
      // In portions, so that a cancelled render does not keep anybody waiting.
      for start in stride(from: 0, to: range.count, by: 1 << 15) where !isStopped {
        renderer.render(into: piece.frames.extracting(start..<min(range.count, start + 1 << 15)))
      }
      desk.withLock { $0.finished[number] = piece }
      done.signal()
    }
    // The next who waits for room may be one who has to hear that there is nothing left.
    free.signal()
  }

  /// Renders on `jobs` threads of the global queue, and hands over the pieces like `collect`.
  public func render(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    let workers = DispatchGroup()
    for _ in 0..<min(timeline.jobs, timeline.pieces) {
      DispatchQueue.global().async(group: workers) { self.help() }
    }
    defer { workers.wait() }
    try collect(consume)
  }

  /// Hands over one piece after the other, on the calling thread; what `consume` throws ends the work.
  /// Returns early, without an error, when it is cancelled.
  private func collect(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    defer {
      desk.withLock { $0.isStopped = true }
      free.signal()
    }
    for number in 0..<timeline.pieces {
      let piece = awaited(number)
      guard !isCancelled() else { return give(back: piece) }
      defer { give(back: piece) }
      try consume(piece.frames.extracting(0..<timeline.range(of: number).count))
    }
  }

  private var isStopped: Bool { isCancelled() || desk.withLock { $0.isStopped } }

  /// The next piece to render, once there is room for it; nil when there is none.
  private func claim() -> (Int, Piece)? {
    free.wait()
    return desk.withLock { desk in
      guard !desk.isStopped, desk.next < timeline.pieces else { return nil }
      defer { desk.next += 1 }
      return (desk.next, desk.unused.popLast() ?? Piece(timeline.pieceFrames))
    }
  }

  private func awaited(_ number: Int) -> Piece {
    while true {
      if let piece = desk.withLock({ $0.finished.removeValue(forKey: number) }) { return piece }
      done.wait()
    }
  }

  private func give(back piece: Piece) {
    desk.withLock { $0.unused.append(piece) }
    free.signal()
  }
}
