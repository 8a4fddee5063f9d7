/// The hand of a phrase: the time, force and position of each tap.
///
/// Intervals follow A. M. Wing and A. B. Kristofferson, "Response delays and the timing of discrete motor
/// responses", Perception & Psychophysics 14 (1973) 5: the interval of a timekeeper plus the difference of
/// two motor delays, I = C + D' - D. The timekeeper and the force drift as 1/f, as measured when people tap
/// without a metronome (D. Gilden and others, Science 267 (1995) 1837).
struct TapHand: Sendable {
  /// A planned tap.
  struct PlannedTap: Sendable {
    /// The time since the start of the phrase.
    var seconds = 0.0
    var forceDB = 0.0
    /// The contact point on the object, 0 ... 1.
    var position = 0.0
    /// The index 4 · hand + finger.
    var finger = 0
    /// The distance and the time since the last tap.
    var travel = 0.0
    var travelSeconds = 0.0
  }

  /// The bar that the phrase repeats.
  let bar: TapBar
  private let variation: Double
  private let fingerSpread: Double
  private let phraseDB: Double
  private let swellDB: Double
  private let startSeconds: Double
  private let endSeconds: Double
  private let tempo: Drift
  private let vigour: Drift
  private var position: Double
  private var clock: Double
  private var step = 0
  private var last = PlannedTap()

  /// Plans a phrase that ends, with its pause, at the end of the span of the cue.
  init(_ tap: Tap, at tapPosition: TapPosition, fingerSpread: Double, cue: Cue, dice: inout Dice) {
    variation = tap.variation
    self.fingerSpread = fingerSpread
    let hand = tap.hands == 2 ? dice.choose(2) : 0
    bar = TapBar(
      tap.gesture, hand: hand, both: tap.hands == 2, beatSeconds: 1 / (tap.tapsPerSecond * cue.pace),
      variation: tap.variation, dice: &dice)
    position = tapPosition.position + 0.04 * variation * dice.gaussian()
    phraseDB = bar.levelDB + variation * 2.5 * dice.clippedGaussian()
    swellDB = variation * dice.uniform(-1.5...2.5)
    startSeconds = cue.seconds
    endSeconds = cue.spanSeconds - dice.uniform(0.25...0.9)
    tempo = Drift(cue.layer.branch("tempo"), slowestSeconds: 96, octaves: 6)
    vigour = Drift(cue.layer.branch("vigour"), slowestSeconds: 96, octaves: 6)
    clock = dice.uniform(0.1...0.35)
    last.position = position
  }

  /// The next tap, or nil at the phrase's end.
  mutating func next(_ dice: inout Dice) -> PlannedTap? {
    guard clock < endSeconds else { return nil }
    let now = bar[step]
    let progress = clock / max(endSeconds, 0.1)
    let isLast = step + 1 == bar.count
    let interval = isLast ? bar.seconds - now.seconds + bar[0].seconds : bar[step + 1].seconds - now.seconds

    var tap = PlannedTap(seconds: clock, finger: 4 * now.hand + now.finger)
    let motorSeconds = 0.0025 + 0.009 * min(interval, 0.5)
    tap.seconds = max(0, clock + variation * motorSeconds * Self.clipped(dice.gaussian()))
    tap.forceDB =
      phraseDB + now.levelDB + swellDB * (2 * Curves.bell(progress) - 1)
      + variation * (2.8 * Self.clipped(dice.gaussian()) + 1.5 * vigour.value(at: startSeconds + clock))
    position = Self.folded(position + variation * bar.wander * dice.gaussian())
    // A finger never lands on exactly the same point twice.
    tap.position = Self.folded(
      position + fingerSpread * Double(now.finger) + 0.35 * Double(now.hand) + 0.03 * variation
        * dice.gaussian()
    )
    tap.travel = abs(tap.position - last.position)
    tap.travelSeconds = tap.seconds - last.seconds
    last = tap

    let drift = tempo.value(at: startSeconds + clock)
    clock += max(0.03, interval * (1 + variation * (0.025 * Self.clipped(dice.gaussian()) + 0.02 * drift)))
    step = isLast ? 0 : step + 1
    return tap
  }

  /// Clips a normal number to 2.5 standard deviations.
  private static func clipped(_ number: Double) -> Double { max(-2.5, min(2.5, number)) }

  /// Reflects a position at the edges of the object.
  private static func folded(_ position: Double) -> Double {
    let reflected = abs(position.remainder(dividingBy: 2))
    return min(0.98, max(0.02, reflected))
  }
}
