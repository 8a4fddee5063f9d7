/// The motion of a hand in dish water: to and fro, with a strength that changes from time to time.
struct Stirring: Sendable {
  private let periodSeconds, phaseTurns: Double
  private let draws: Draws

  /// The time after which the activity is drawn again.
  private static let activitySeconds = 1.3

  /// - Parameter pace: a factor on the speed of the hand.
  init(pace: Double, dice: inout Dice) {
    periodSeconds = 1 / (pace * dice.uniform(0.7...1.1))
    phaseTurns = dice.uniform()
    draws = dice.fork()
  }

  /// How strongly the hand stirs, 0 ... 1: half a sine wave, squared, times the activity.
  func strength(at seconds: Double) -> Double {
    let position = seconds / Self.activitySeconds
    let cell = position.rounded(.down)
    let (from, to) = (draws.uniform(UInt64(cell)), draws.uniform(UInt64(cell) + 1))
    let activity = max(0, min(1, 1.6 * (from + (to - from) * (position - cell)) - 0.3))
    let wave = 0.5 + 0.5 * Maths.sinCos(turns: seconds / periodSeconds + phaseTurns).sin
    return activity * wave * wave
  }
}
