/// Four noise bands for each ear, independent or partly shared: ambience that surrounds the listener.
///
/// Two `FourBands` -> band gains -> sum per ear -> crossfeed.
struct WideBands: Sendable {
  private struct Ears: Sendable {
    var left: FourBands
    var right: FourBands
  }

  private var bands: Ears
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
    self.bands = Ears(
      left: bands.withDraws(draws.branch("left")), right: bands.withDraws(draws.branch("right")))
  }

  /// Adds the bands to a block; their gains move to `target` by the end of the block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, gains target: SIMD4<Float>) {
    let (own, other) = (own, other)
    gains.ramp(to: target, into: &block, of: &bands) { bands, gains in
      let ears = SIMD4.laneSums(gains * bands.left.next(), gains * bands.right.next())
      return own * ears + other * SIMD2(ears.y, ears.x)
    }
  }
}
