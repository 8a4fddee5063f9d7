/// The gains of noise bands: each moves in a straight line to its next value within a block.
///
/// `Gains` has one lane for each band, or one for each band and ear.
struct BandGains<Gains: SIMD & Sendable>: Sendable where Gains.Scalar == Float {
  /// The gains within one block.
  struct GainRamp {
    fileprivate var value: Gains
    fileprivate let step: Gains

    /// The gains of the next frame.
    @inline(__always) mutating func next() -> Gains {
      defer { value += step }
      return value
    }
  }

  private var current = Gains.zero

  /// Creates gains of zero.
  init() {}

  /// Whether all gains are zero.
  var isZero: Bool { current == .zero }

  /// Moves the gains to `target` over a block.
  /// - Returns: the gains within the block; nil if all are zero, so that the bands need not be computed.
  @inline(__always) mutating func ramp(to target: Gains, frames: Int) -> GainRamp? {
    guard target != .zero || current != .zero else { return nil }
    defer { current = target }
    return GainRamp(value: current, step: (target - current) / Float(frames))
  }
}
