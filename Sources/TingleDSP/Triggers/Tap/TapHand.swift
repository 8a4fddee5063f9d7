/// The hand behind a phrase: when each tap falls, how hard, and where.
///
/// Intervals after A. M. Wing and A. B. Kristofferson, "Response delays and the timing of discrete motor
/// responses", Perception & Psychophysics 14 (1973) 5: a timekeeper's interval plus the difference of two motor
/// delays, I = C + D' - D, with a timekeeper that drifts.
struct TapHand: Sendable {
  /// A tap to come.
  struct Tap: Sendable {
    var seconds = 0.0
    var forceDB = 0.0
    /// Where on the object, 0 ... 1.
    var position = 0.0
  }

  private enum Pattern { case single, roll, flutter }

  private let pattern: Pattern
  private let variation: Double
  private let intervalSeconds: Double
  private let fingerSeconds: Double
  private let place: Double
  private let phraseDB: Double
  private let rollsTowardsThumb: Bool
  private let endSeconds: Double
  private var clock: Double
  private var drift = 0.0
  private var motorDelay = 0.0
  private var finger = 0

  /// Begins a phrase that is over `spanSeconds` from now, pause included.
  init(tapsPerSecond: Double, variation: Double, spanSeconds: Double, dice: inout Dice) {
    let beat = 1 / tapsPerSecond
    switch dice.choose(3) {
    case 0:
      pattern = .single
      intervalSeconds = beat * dice.uniform(0.75...1.35)
    case 1:
      pattern = .roll
      intervalSeconds = max(0.34, 4 * beat * dice.uniform(0.8...1.2))
    default:
      pattern = .flutter
      intervalSeconds = max(0.09, 0.55 * beat * dice.uniform(0.8...1.3))
    }
    self.variation = variation
    fingerSeconds = min(dice.uniform(0.05...0.10), intervalSeconds / 5)
    place = dice.uniform(0.1...0.9)
    phraseDB = (pattern == .flutter ? -3 : 0) + variation * 2.5 * max(-2, min(2, dice.gaussian()))
    rollsTowardsThumb = dice.chance(0.8)
    endSeconds = spanSeconds - dice.uniform(0.25...0.9)
    clock = dice.uniform(0.1...0.35)
  }

  /// The next tap, or nil at the phrase's end.
  mutating func next(_ dice: inout Dice) -> Tap? {
    guard clock < endSeconds else { return nil }
    var tap = Tap(seconds: clock + motorDelay, forceDB: phraseDB, position: place)
    tap.forceDB += variation * 3.5 * max(-2.5, min(2, dice.gaussian()))
    var step = interval(&dice)
    switch pattern {
    case .single: tap.position += 0.02 * variation * dice.gaussian()
    case .flutter: tap.position += 0.05 * variation * (2 * dice.uniform() - 1)
    case .roll:
      let order = rollsTowardsThumb ? finger : 3 - finger
      tap.position += 0.05 * Double(order)
      tap.forceDB -= order == 0 || order == 3 ? 1.5 : 0
      finger = (finger + 1) % 4
      if finger != 0 {
        step = fingerSeconds * (1 + 0.18 * variation * max(-2.5, min(2.5, dice.gaussian())))
      } else {
        step -= 3 * fingerSeconds
      }
    }
    clock += max(0.03, step)
    motorDelay = 0.007 * variation * max(-2.5, min(2.5, dice.gaussian()))
    tap.seconds = max(0, tap.seconds)
    return tap
  }

  private mutating func interval(_ dice: inout Dice) -> Double {
    drift = 0.97 * drift + 0.012 * dice.gaussian()
    return intervalSeconds * (1 + variation * (0.04 * dice.gaussian() + drift))
  }
}
