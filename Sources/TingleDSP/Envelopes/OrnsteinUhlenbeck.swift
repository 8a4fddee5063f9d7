/// An Ornstein-Uhlenbeck process: correlated Gaussian noise with a mean of 0 and unit variance.
///
/// The exact discrete step x ← a x + √(1-a²) n, with a = e^(-Δt/T) and standard normal n: G. E. Uhlenbeck and
/// L. S. Ornstein, Phys. Rev. 36 (1930) 823. The process has memory, so it belongs to one voice, which steps
/// it once per control tick.
public struct OrnsteinUhlenbeck: Sendable {
  /// The current value.
  public private(set) var value: Double
  private let feedback: Double
  private let noiseGain: Double

  /// Starts with a value from the stationary distribution.
  /// - Parameters:
  ///   - correlationSeconds: T, the time after which the autocorrelation is 1/e.
  ///   - tickSeconds: Δt, the time between two steps.
  public init(correlationSeconds: Double, tickSeconds: Double, dice: inout Dice) {
    feedback = Maths.exp(-tickSeconds / correlationSeconds)
    noiseGain = (1 - feedback * feedback).squareRoot()
    value = dice.gaussian()
  }

  /// Advances the process by one step.
  public mutating func step(_ dice: inout Dice) { value = feedback * value + noiseGain * dice.gaussian() }
}
