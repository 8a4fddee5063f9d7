/// Renders a stretch of a mix on several threads, by cutting it into pieces, and hands the pieces over in
/// order.
///
/// Every piece starts from nothing but its place in time, so the cuts leave no trace. At most `jobs` + 1
/// pieces are in memory at once, whatever the length.
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

  /// How many pieces there are.
  var pieces: Int { (frames.count + pieceFrames - 1) / pieceFrames }

  /// The frames of a piece.
  func range(of piece: Int) -> Range<Int> {
    let start = frames.lowerBound + piece * pieceFrames
    return start..<min(frames.upperBound, start + pieceFrames)
  }

  /// Renders. Returns early, without an error, once `isCancelled` says so.
  /// - Parameters:
  ///   - isCancelled: asked now and then, on any thread.
  ///   - consume: called on the calling thread with one piece after the other; what it throws ends the work.
  public func render(
    isCancelled: @Sendable @escaping () -> Bool = { false },
    consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) throws {
    try TimelineWork(self, isCancelled: isCancelled).render(consume)
  }
}
