/// Four noise bands for each ear, independent or partly shared: ambience that surrounds the listener.
///
/// Two `FourBands` -> band gains -> sum per ear -> crossfeed.
struct WideBands: Sendable {
  private var left: FourBands
  private var right: FourBands
  private var gains = BandGains<SIMD4<Float>>()
  // The gains of an ear's own noise and of the other ear's.
  private let own: Float
  private let other: Float

  /// - Parameters:
  ///   - bands: the bands, at rest, for both ears.
  ///   - shared: the crossfeed: 0 for independent ears; 0.3 for a correlation of about one half.
  init(_ bands: FourBands, shared: Double = 0, draws: Draws) {
    own = Float(1 / (1 + shared * shared).squareRoot())
    other = Float(shared) * own
    left = bands.withDraws(draws.branch("left"))
    right = bands.withDraws(draws.branch("right"))
  }

  /// Adds the bands to a block; their gains move to `target` by the end of the block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, gains target: SIMD4<Float>) {
    guard var ramp = gains.ramp(to: target, frames: block.count) else { return }
    for i in block.indices {
      let gains = ramp.next()
      let ears = SIMD4.laneSums(gains * left.next(), gains * right.next())
      block[i] += own * ears + other * SIMD2(ears.y, ears.x)
    }
  }
}
