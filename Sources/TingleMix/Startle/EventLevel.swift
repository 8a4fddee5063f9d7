/// How loud a bus is now: its momentary loudness, and its A-weighted level as a meter of 10 ms follows it.
struct EventLevel {
  private var momentary: BlockSum
  private var short: BlockSum
  private var recent = SIMD4<Float>.zero
  private static let meter = SIMD4<Float>(0.41, 0.24, 0.14, 0.08)

  /// - Parameter blocksPerSecond: the grid's.
  init(blocksPerSecond: Double) {
    momentary = BlockSum(blocks: Int((0.4 * blocksPerSecond).rounded()))
    short = BlockSum(blocks: Int((0.17 * blocksPerSecond).rounded()))
  }

  func deallocate() {
    momentary.deallocate()
    short.deallocate()
  }

  /// Forgets everything.
  mutating func reset() {
    momentary.reset()
    short.reset()
    recent = .zero
  }

  /// Takes the newest block's K-weighted energy of both ears, and the A-weighted energy of the louder ear.
  mutating func push(loudness: Float, level: Float) {
    momentary.push(loudness)
    short.push(loudness)
    recent = SIMD4(level, recent.x, recent.y, recent.z)
  }

  /// The mean energy of a block over 400 ms; what has sounded for a sixth of a second is taken to continue.
  var loudness: Float { max(momentary.mean, short.mean) }

  /// The energy of a block as a meter of 10 ms shows it.
  var sudden: Float { (recent * Self.meter).sum() }
}
