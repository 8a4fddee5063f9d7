/// The gains of noise bands: each moves in a straight line to its next value within a block.
///
/// `Gains` has one lane for each band, or one for each band and ear.
struct BandGains<Gains: SIMD & Sendable>: Sendable where Gains.Scalar == Float {
  private var current = Gains.zero

  /// Creates gains of zero.
  init() {}

  /// Whether all gains are zero.
  var isZero: Bool { current == .zero }

  /// Moves the gains to `target` over a block, and adds one frame of `source` at a time.
  ///
  /// The source does not advance while all gains are zero.
  /// - Parameter mix: takes the next sample of the source and applies the gains of the frame.
  @inline(__always) mutating func ramp<Source>(
    to target: Gains, into block: inout MutableSpan<SIMD2<Float>>, of source: inout Source,
    mix: (inout Source, Gains) -> SIMD2<Float>
  ) {
    guard target != .zero || current != .zero else { return }
    let step = (target - current) / Float(block.count)
    var gains = current
    for i in block.indices {
      block[i] += mix(&source, gains)
      gains += step
    }
    current = target
  }
}
