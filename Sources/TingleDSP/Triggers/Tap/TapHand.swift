/// Where the hands work for a few phrases, before they move on to another place or another object.
struct TapPosition: Sendable {
  /// The middle of the place on the object, 0 ... 1.
  let position: Double
  /// Whether it is the other object's turn.
  let isOther: Bool
  /// True for the first phrase there.
  let isNew: Bool
  private static let phrasesPerPlace = 3.0

  /// The place of the phrase that begins at `seconds`.
  init(at seconds: Double, slotSeconds: Double, hasOther: Bool, layer: Draws) {
    let stay = Self.phrasesPerPlace * slotSeconds
    let index = Int((seconds / stay).rounded(.down))
    var dice = Dice(layer.branch("place").branch(index))
    position = dice.uniform(0.1...0.9)
    isOther = hasOther && dice.chance(0.2) != index.isMultiple(of: 2)
    isNew = Int(((seconds - slotSeconds) / stay).rounded(.down)) != index
  }
}

/// The hand behind a phrase: when each tap falls, how hard, and where.
///
/// Intervals after A. M. Wing and A. B. Kristofferson, "Response delays and the timing of discrete motor
/// responses", Perception & Psychophysics 14 (1973) 5: a timekeeper's interval plus the difference of two
/// motor delays, I = C + D' - D. The timekeeper drifts as 1/f, as tappers do who go on without a click (D.
/// Gilden and others, Science 267 (1995) 1837), and so does the force.
struct TapHand: Sendable {
  /// A tap to come.
  struct PlannedTap: Sendable {
    /// Since the phrase began.
    var seconds = 0.0
    var forceDB = 0.0
    /// Where on the object, 0 ... 1.
    var position = 0.0
    /// Hand · 4 + finger.
    var finger = 0
    /// How far the hand has come since its last tap, and in what time.
    var travel = 0.0
    var travelSeconds = 0.0
  }

  /// The bar that is repeated.
  let bar: TapBar
  private let variation: Double
  private let fingerSpread: Double
  private let phraseDB: Double
  private let swellDB: Double
  private let startSeconds: Double
  private let endSeconds: Double
  private let tempo: Drift
  private let vigour: Drift
  private var place: Double
  private var clock: Double
  private var step = 0
  private var last = PlannedTap()

  /// Begins a phrase that is over when its cue's span is, pause included.
  init(_ tap: Tap, place: TapPosition, fingerSpread: Double, cue: Cue, dice: inout Dice) {
    variation = tap.variation
    self.fingerSpread = fingerSpread
    let hand = tap.hands == 2 ? dice.choose(2) : 0
    bar = TapBar(
      tap.gesture, hand: hand, both: tap.hands == 2, beatSeconds: 1 / (tap.tapsPerSecond * cue.pace),
      variation: tap.variation, dice: &dice)
    self.place = place.position + 0.04 * variation * dice.gaussian()
    phraseDB = bar.levelDB + variation * 2.5 * dice.clippedGaussian()
    swellDB = variation * dice.uniform(-1.5...2.5)
    startSeconds = cue.seconds
    endSeconds = cue.spanSeconds - dice.uniform(0.25...0.9)
    tempo = Drift(cue.layer.branch("tempo"), slowestSeconds: 96, octaves: 6)
    vigour = Drift(cue.layer.branch("vigour"), slowestSeconds: 96, octaves: 6)
    clock = dice.uniform(0.1...0.35)
    last.position = self.place
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
    tap.seconds = max(0, clock + variation * motorSeconds * Self.held(dice.gaussian()))
    tap.forceDB =
      phraseDB + now.levelDB + swellDB * (2 * Curves.bell(progress) - 1)
      + variation * (2.8 * Self.held(dice.gaussian()) + 1.5 * vigour.value(at: startSeconds + clock))
    place = Self.folded(place + variation * bar.wander * dice.gaussian())
    // No finger lands on the same spot twice.
    tap.position = Self.folded(
      place + fingerSpread * Double(now.finger) + 0.35 * Double(now.hand) + 0.03 * variation * dice.gaussian()
    )
    tap.travel = abs(tap.position - last.position)
    tap.travelSeconds = tap.seconds - last.seconds
    last = tap

    let drift = tempo.value(at: startSeconds + clock)
    clock += max(0.03, interval * (1 + variation * (0.025 * Self.held(dice.gaussian()) + 0.02 * drift)))
    step = isLast ? 0 : step + 1
    return tap
  }

  /// A normal number without its rare extremes.
  private static func held(_ number: Double) -> Double { max(-2.5, min(2.5, number)) }

  /// A place folded back onto the object.
  private static func folded(_ place: Double) -> Double {
    let turned = abs(place.remainder(dividingBy: 2))
    return min(0.98, max(0.02, turned))
  }
}
