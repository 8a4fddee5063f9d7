/// A gain that varies at random around a mean of 1: a log-normal process with a correlation time.
///
/// The gain is e^(σx - σ²/2), where x is an Ornstein-Uhlenbeck process with unit variance, clipped to ±3.
struct Flutter: Sendable {
  private var process: OrnsteinUhlenbeck
  private var dice: Dice
  private let sigma: Double
  private let tickSeconds: Double
  private var tick = 0

  /// The number of steps per correlation time.
  private static let stepsPerCorrelationTime = 5.0

  /// - Parameters:
  ///   - sigma: σ, the standard deviation of the logarithm of the gain; 0.5 is 4.3 dB.
  ///   - correlationSeconds: the time after which the autocorrelation of x is 1/e.
  init(sigma: Double, correlationSeconds: Double, draws: Draws) {
    self.sigma = sigma
    tickSeconds = correlationSeconds / Self.stepsPerCorrelationTime
    dice = Dice(draws)
    process = OrnsteinUhlenbeck(
      correlationSeconds: correlationSeconds, tickSeconds: tickSeconds, dice: &dice)
  }

  /// The gain at a time in seconds since the start. Times must not decrease from call to call.
  mutating func gain(at seconds: Double) -> Double {
    while Double(tick + 1) * tickSeconds <= seconds {
      process.step(&dice)
      tick += 1
    }
    return Maths.exp(sigma * max(-3, min(3, process.value)) - 0.5 * sigma * sigma)
  }
}
