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
    for i in block.indices {
      let lows = low.lowPass(block[i].y)
      delayed[index] = lows
      block[i].y -= lows + delayed[(index &- delayFrames) & 127]
      index = (index &+ 1) & 127
    }
  }
}
