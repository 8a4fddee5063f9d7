/// Four bands of noise for each ear, independent of one another: what is all round and cannot be told apart.
struct WideBands: Sendable {
  private var left: FourBands
  private var right: FourBands
  private var weights = SIMD4<Float>.zero

  /// - Parameters:
  ///   - bands: at rest, for both ears.
  init(_ bands: FourBands, draws: Draws) {
    left = bands.withDraws(draws.branch("left"))
    right = bands.withDraws(draws.branch("right"))
  }

  var isSilent: Bool { weights == .zero }

  /// Adds the next frames of a block, at whose end the bands have these amplitudes.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, weights target: SIMD4<Float>) {
    guard target != .zero || weights != .zero else { return }
    let step = (target - weights) / Float(block.count)
    var now = weights
    for i in block.indices {
      block[i] += SIMD8.laneSums(
        SIMD8(lowHalf: now * left.next(), highHalf: .zero),
        SIMD8(lowHalf: now * right.next(), highHalf: .zero))
      now += step
    }
    weights = target
  }
}
