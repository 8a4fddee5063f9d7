import TingleDSP

/// Smooths a gain so that it is where it has to be before the sound that needs it: attack over `delayBlocks` blocks of
/// look-ahead, release at a constant rate. wanted gain -> release -> sliding minimum -> binomial FIR.
///
/// Finite memory: the gain never falls below `deepestDB`, from where the release takes `memoryBlocks`.
struct LookAheadGain {
  /// Blocks by which the output lags behind the input.
  static let delayBlocks = 5

  private static let deepestDB = -80.0
  private static let releaseDBPerSecond = 30.0
  private static let bell: InlineArray<5, Float> = [0.0625, 0.25, 0.375, 0.25, 0.0625]

  /// Blocks after which nothing is remembered.
  let memoryBlocks: Int

  private let deepest: Float
  private let releaseFactor: Float
  private var released: Float = 1
  // Wanted gains, newest last, and the lowest over the look-ahead.
  private var wanted = InlineArray<6, Float>(repeating: 1)
  private var lowest = InlineArray<5, Float>(repeating: 1)
  private var before: Float = 1

  /// - Parameter blocksPerSecond: the grid's.
  init(blocksPerSecond: Double) {
    deepest = Float(Maths.amplitude(dB: Self.deepestDB))
    releaseFactor = Float(Maths.amplitude(dB: Self.releaseDBPerSecond / blocksPerSecond))
    memoryBlocks =
      Int(-Self.deepestDB / Self.releaseDBPerSecond * blocksPerSecond * 1.02) + 1 + 2 * Self.delayBlocks
  }

  /// Forgets every gain.
  mutating func reset() {
    (released, before) = (1, 1)
    wanted = InlineArray(repeating: 1)
    lowest = InlineArray(repeating: 1)
  }

  /// Takes the gain that the newest block needs, 0 ... 1.
  /// - Returns: the gain at the beginning of the block `delayBlocks` before, and its change from one frame to the next.
  mutating func push(_ gain: Float) -> (start: Float, step: Float) {
    released = min(max(deepest, gain), min(1, released * releaseFactor))
    // Every gain under the bell has seen the block that it is for.
    var low = released
    for k in 1..<wanted.count {
      wanted[k - 1] = wanted[k]
      low = min(low, wanted[k])
    }
    wanted[wanted.count - 1] = released
    for k in 1..<lowest.count { lowest[k - 1] = lowest[k] }
    lowest[lowest.count - 1] = low
    var now: Float = 0
    for k in lowest.indices { now += Self.bell[k] * lowest[k] }
    defer { before = now }
    return (before, (now - before) / Float(Grid.frames))
  }
}
