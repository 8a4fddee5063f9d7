/// The level detector of a bus: K-weighted momentary loudness (0.4 s, and 0.17 s for new sounds) and the
/// A-weighted level of a meter with 10 ms integration time. Memory: 0.4 s.
struct EventLevel: ~Copyable {
  private var momentary: BlockMean
  private var short: BlockMean
  // The A-weighted energies of the last four blocks, newest first, and their weights in the 10 ms meter.
  private var recent = SIMD4<Float>.zero
  private static let meter = SIMD4<Float>(0.41, 0.24, 0.14, 0.08)

  /// - Parameter blocksPerSecond: the block rate of the grid.
  init(blocksPerSecond: Double) {
    momentary = BlockMean(blocks: Int((0.4 * blocksPerSecond).rounded()))
    short = BlockMean(blocks: Int((0.17 * blocksPerSecond).rounded()))
  }

  /// Clears the detectors.
  mutating func reset() {
    momentary.reset()
    short.reset()
    recent = .zero
  }

  /// Adds the newest block.
  /// - Parameters:
  ///   - loudness: the K-weighted energy of both ears.
  ///   - level: the A-weighted energy of the louder ear.
  mutating func push(loudness: Float, level: Float) {
    momentary.push(loudness)
    short.push(loudness)
    recent = SIMD4(level, recent.x, recent.y, recent.z)
  }

  /// The mean K-weighted energy of a block over 0.4 s. A sound that has lasted 0.17 s is assumed to continue.
  var loudness: Float { max(momentary.mean, short.mean) }

  /// The A-weighted energy of a block, as the 10 ms meter shows it.
  var level: Float { (recent * Self.meter).sum() }
}
