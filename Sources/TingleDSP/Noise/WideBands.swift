/// Four bands of noise for each ear, independent of one another: what is all round and cannot be told apart.
struct WideBands: Sendable {
  private var left: FourBands
  private var right: FourBands
  private var weights = SIMD4<Float>.zero
  // What an ear hears of its own, and of the other's.
  private let own: Float
  private let other: Float

  /// - Parameters:
  ///   - bands: at rest, for both ears.
  ///   - shared: 0 for two ears with nothing in common; 0.3 for half of it.
  init(_ bands: FourBands, shared: Double = 0, draws: Draws) {
    own = Float(1 / (1 + shared * shared).squareRoot())
    other = Float(shared) * own
    left = bands.withDraws(draws.branch("left"))
    right = bands.withDraws(draws.branch("right"))
  }

  /// Adds the next frames of a block, at whose end the bands have these amplitudes.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, weights target: SIMD4<Float>) {
    guard target != .zero || weights != .zero else { return }
    let step = (target - weights) / Float(block.count)
    var now = weights
    for i in block.indices {
      let (l, r) = (now * left.next(), now * right.next())
      let halves =
        SIMD4(lowHalf: l.lowHalf, highHalf: r.lowHalf) + SIMD4(lowHalf: l.highHalf, highHalf: r.highHalf)
      let ears = halves.evenHalf + halves.oddHalf
      block[i] += own * ears + other * SIMD2(ears.y, ears.x)
      now += step
    }
    weights = target
  }
}
