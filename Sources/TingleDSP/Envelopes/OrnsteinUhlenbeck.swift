/// A wandering value that is always drawn back to 0: normal, with a deviation of 1, correlated over a set time.
///
/// The exact step of G. E. Uhlenbeck and L. S. Ornstein, Phys. Rev. 36 (1930) 823: x ← a x + √(1-a²) n with
/// a = e^(-Δt/T). It has memory, so it lives inside a voice and is stepped at the voice's own tick.
public struct OrnsteinUhlenbeck: Sendable {
  /// Where it is now.
  public private(set) var value: Double
  private let keep: Double
  private let kick: Double

  /// Begins anywhere it may be found at a random moment.
  /// - Parameters:
  ///   - correlationSeconds: T, after which the correlation is 1/e.
  ///   - tickSeconds: Δt, the time from one step to the next.
  public init(correlationSeconds: Double, tickSeconds: Double, dice: inout Dice) {
    keep = Maths.exp(-tickSeconds / correlationSeconds)
    kick = (1 - keep * keep).squareRoot()
    value = dice.gaussian()
  }

  /// One tick further.
  public mutating func step(_ dice: inout Dice) { value = keep * value + kick * dice.gaussian() }
}
