/// The low frequencies of the right ear in opposite phase to those of the left: low-pass -> delay -> sign.
///
/// The two capsules of a stereo microphone move against each other when its foam is pushed. The delay
/// makes the correlation of the ears weak, so that the sum of both loses little.
struct PhaseOpposition: Sendable {
  private var low: OnePole<Float>
  private var delayed = InlineArray<128, Float>(repeating: 0)
  private var index = 0
  private let delayFrames: Int

  private static let cutoffHz = 1500.0
  private static let delaySeconds = 1e-3

  init(sampleRate: Double) {
    low = OnePole(cutoffHz: Self.cutoffHz, sampleRate: sampleRate)
    delayFrames = min(127, Int((Self.delaySeconds * sampleRate).rounded()))
  }

  /// Processes a block in place.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    // Local copies: the compiler need not reload them after each store into the block.
    var (low, index) = (low, index)
    var line = delayed.mutableSpan
    for i in block.indices {
      let frame = block[i]
      let lows = low.lowPass(frame.y)
      line[index] = lows
      block[i] = SIMD2(frame.x, frame.y - lows - line[(index &- delayFrames) & 127])
      index = (index &+ 1) & 127
    }
    (self.low, self.index) = (low, index)
  }
}
