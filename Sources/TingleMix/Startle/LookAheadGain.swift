import TingleDSP

/// A look-ahead gain smoother at block rate: required gain -> release (constant rate in dB) -> sliding
/// minimum -> binomial FIR. The output reaches the required gain before the sound that requires it; the
/// latency is `delayBlocks`.
///
/// Finite memory: the gain never falls below `deepestDB`, from where the release takes less than
/// `memoryBlocks`.
struct LookAheadGain {
  /// The latency in blocks.
  static let delayBlocks = 5

  private static let deepestDB = -80.0
  private static let releaseDBPerSecond = 30.0
  private static let window: InlineArray<5, Float> = [0.0625, 0.25, 0.375, 0.25, 0.0625]

  /// The number of past blocks that the output depends on.
  let memoryBlocks: Int

  private let deepest: Float
  private let releaseFactor: Float
  private var released: Float = 1
  // The released gains and their sliding minima, newest last.
  private var gains = InlineArray<6, Float>(repeating: 1)
  private var minima = InlineArray<5, Float>(repeating: 1)
  private var previous: Float = 1

  /// - Parameter blocksPerSecond: the block rate of the grid.
  init(blocksPerSecond: Double) {
    deepest = Float(Maths.amplitude(dB: Self.deepestDB))
    releaseFactor = Float(Maths.amplitude(dB: Self.releaseDBPerSecond / blocksPerSecond))
    memoryBlocks =
      Int(-Self.deepestDB / Self.releaseDBPerSecond * blocksPerSecond * 1.02) + 1 + 2 * Self.delayBlocks
  }

  /// Sets all gains to 1.
  mutating func reset() {
    (released, previous) = (1, 1)
    gains = InlineArray(repeating: 1)
    minima = InlineArray(repeating: 1)
  }

  /// Adds the gain that the newest block requires, 0 to 1.
  /// - Returns: the gain at the start of the block `delayBlocks` earlier, and its increment per frame.
  mutating func push(_ gain: Float) -> (start: Float, step: Float) {
    released = min(max(deepest, gain), min(1, released * releaseFactor))
    // Every minimum under the FIR's window includes the block that the output is for.
    var low = released
    for k in 1..<gains.count {
      gains[k - 1] = gains[k]
      low = min(low, gains[k])
    }
    gains[gains.count - 1] = released
    for k in 1..<minima.count { minima[k - 1] = minima[k] }
    minima[minima.count - 1] = low
    var smoothed: Float = 0
    for k in minima.indices { smoothed += Self.window[k] * minima[k] }
    defer { previous = smoothed }
    return (previous, (smoothed - previous) / Float(Grid.frames))
  }
}
