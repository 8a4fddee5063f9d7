import Dispatch
import Synchronization

/// Renders a stretch of a mix on several threads, by cutting it into pieces, and hands the pieces over in order.
///
/// Every piece starts from nothing but its place in time, so the cuts leave no trace. At most `jobs` + 1 pieces are
/// in memory at once, whatever the length.
public struct Timeline: Sendable {
  /// What is rendered.
  public let mix: Mix
  /// In hertz.
  public let sampleRate: Double
  /// The frames of the mix that are rendered.
  public let frames: Range<Int>
  /// How many threads render.
  public let jobs: Int
  let pieceFrames: Int

  /// - Parameters:
  ///   - frames: the part of the mix to render; all of it when nil.
  ///   - jobs: 1 or more.
  ///   - pieceFrames: frames in a piece; chosen to suit the memory when nil.
  public init(
    _ mix: Mix, sampleRate: Double, frames: Range<Int>? = nil, jobs: Int = 1, pieceFrames: Int? = nil
  ) {
    self.mix = mix
    self.sampleRate = sampleRate
    self.frames = frames ?? 0..<mix.durationFrames(sampleRate: sampleRate)
    self.jobs = max(1, jobs)
    // Long pieces waste less on finding the voices that already sound at their start; short ones save memory.
    let budget = 64 << 20
    let fitting = budget / (self.jobs + 1) / MemoryLayout<StereoFrame>.stride
    // A short track is cut so that every thread gets its share.
    let share = (self.frames.count + self.jobs - 1) / self.jobs
    self.pieceFrames = pieceFrames ?? max(1 << 16, min(1 << 21, fitting, share))
  }

  /// Renders. Returns early, without an error, once `isCancelled` says so.
  /// - Parameters:
  ///   - isCancelled: asked now and then, on any thread.
  ///   - consume: called on the calling thread with one piece after the other; what it throws ends the work.
  public func render(
    isCancelled: @Sendable () -> Bool = { false },
    consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) throws {
    guard !frames.isEmpty else { return }
    let count = (frames.count + pieceFrames - 1) / pieceFrames
    let bench = Workbench(places: min(count, jobs + 1), pieceFrames: pieceFrames)
    // Threads end before the memory they write to does.
    try withoutActuallyEscaping(isCancelled) { isCancelled in
      let workers = DispatchGroup()
      for _ in 0..<min(jobs, count) {
        DispatchQueue.global().async(group: workers) { work(bench, pieces: count, isCancelled) }
      }
      defer {
        bench.stop(workers: jobs)
        workers.wait()
      }
      for piece in 0..<count {
        bench.waitUntilDone(piece)
        guard !isCancelled() else { return }
        try consume(bench.buffer(of: piece).extracting(0..<self.range(of: piece).count))
        bench.release()
      }
    }
  }

  private func range(of piece: Int) -> Range<Int> {
    let start = frames.lowerBound + piece * pieceFrames
    return start..<min(frames.upperBound, start + pieceFrames)
  }

  private func work(_ bench: Workbench, pieces: Int, _ isCancelled: @Sendable () -> Bool) {
    let renderer = MixRenderer(mix, sampleRate: sampleRate)
    var position = 0
    while let piece = bench.claim(), piece < pieces {
      let range = range(of: piece)
      let buffer = bench.buffer(of: piece)
      if range.lowerBound != position { renderer.seek(toFrame: range.lowerBound) }
      position = range.upperBound
      // In portions, so that a cancelled render does not keep anybody waiting.
      for start in stride(from: 0, to: range.count, by: 1 << 15) where !bench.isStopped && !isCancelled() {
        renderer.render(into: buffer.extracting(start..<min(range.count, start + 1 << 15)))
      }
      bench.finish(piece)
    }
  }
}

/// The places where pieces lie while they are rendered and until they are consumed, and who waits for whom.
private final class Workbench: @unchecked Sendable {
  private let buffers: [UnsafeMutableBufferPointer<StereoFrame>]
  private let done: [DispatchSemaphore]
  private let free: DispatchSemaphore
  private let next = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)

  init(places: Int, pieceFrames: Int) {
    buffers = (0..<places).map { _ in
      let buffer = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: pieceFrames)
      buffer.initialize(repeating: .zero)
      return buffer
    }
    done = (0..<places).map { _ in DispatchSemaphore(value: 0) }
    free = DispatchSemaphore(value: 0)
    for _ in 0..<places { free.signal() }
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  func buffer(of piece: Int) -> UnsafeMutableBufferPointer<StereoFrame> { buffers[piece % buffers.count] }

  /// The next piece to render, once there is room for it; nil when the work is off.
  func claim() -> Int? {
    free.wait()
    return isStopped ? nil : next.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  func finish(_ piece: Int) { done[piece % done.count].signal() }

  func waitUntilDone(_ piece: Int) { done[piece % done.count].wait() }

  func release() { free.signal() }

  func stop(workers: Int) {
    stopped.store(true, ordering: .relaxed)
    for _ in 0..<workers { free.signal() }
  }
}
