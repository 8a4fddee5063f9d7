/// Renders a range of a mix on several threads: cuts it into pieces, renders them in parallel, and delivers
/// them in order.
///
/// A piece depends only on its position, so the result does not depend on the number of threads or the length
/// of the pieces. At most `jobs` + 1 pieces are in memory at once.
public struct Timeline: Sendable {
  /// The mix to render.
  public let mix: Mix
  /// The sample rate in hertz.
  public let sampleRate: Double
  /// The range of frames of the mix to render.
  public let frames: Range<Int>
  /// The number of threads.
  public let jobs: Int
  let pieceFrames: Int

  /// - Parameters:
  ///   - mix: the mix to render.
  ///   - sampleRate: in hertz.
  ///   - frames: the range of frames to render; nil for the whole mix.
  ///   - jobs: the number of threads; 1 or more.
  ///   - pieceFrames: the length of a piece in frames; nil to choose it by the available memory.
  public init(
    _ mix: Mix, sampleRate: Double, frames: Range<Int>? = nil, jobs: Int = 1, pieceFrames: Int? = nil
  ) {
    self.mix = mix
    self.sampleRate = sampleRate
    self.frames = frames ?? 0..<mix.durationFrames(sampleRate: sampleRate)
    self.jobs = max(1, jobs)
    // Every piece starts with a seek, which renders what still sounds: long pieces save time, short ones
    // memory.
    let budget = 64 << 20
    let fitting = budget / (self.jobs + 1) / MemoryLayout<StereoFrame>.stride
    // A short track has at least one piece per thread.
    let share = (self.frames.count + self.jobs - 1) / self.jobs
    self.pieceFrames = pieceFrames ?? max(1 << 16, min(1 << 21, fitting, share))
  }

  /// The number of pieces.
  var pieces: Int { (frames.count + pieceFrames - 1) / pieceFrames }

  /// The frames of a piece.
  func range(of piece: Int) -> Range<Int> {
    let start = frames.lowerBound + piece * pieceFrames
    return start..<min(frames.upperBound, start + pieceFrames)
  }

  /// Renders all pieces. Returns early, without an error, when cancelled.
  /// - Parameters:
  ///   - isCancelled: polled on any thread; true to cancel.
  ///   - consume: receives the pieces in order, on the calling thread; an error that it throws stops the
  ///     render.
  public func render(
    isCancelled: @Sendable @escaping () -> Bool = { false },
    consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) throws {
    try TimelineRender(self, isCancelled: isCancelled).render(to: consume)
  }
}
