/// The motion of water over some seconds: how strongly it moves, and when drops and plates fall.
struct WaterMotion: Sendable {
  /// A drop or a plate at one moment.
  struct Event: Sendable {
    enum Kind: Sendable { case drop, plate }
    var kind = Kind.drop
    var seconds = 0.0
    var strength = 1.0
    var radiusMetres = 2e-3
    var balance = 0.0
  }

  /// The motion of the water at one moment.
  struct State: Sendable {
    /// The amplitude of the running water.
    var level = 0.0
    /// How full the vessel is, 0 ... 1.
    var full = 0.0
    /// How strongly a hand stirs the water, 0 ... 1.
    var slosh = 0.0
    /// The gains of the four noise bands of a wet surface.
    var wetGains = SIMD4<Float>.zero
    var sponge = HandMotion.State()
  }

  private let kind: WaterKind
  private var events = InlineList<200, Event>(repeating: Event())
  private var hand = HandMotion()
  private let spanSeconds: Double
  /// When a pour ends; for all other kinds, the span.
  private let endSeconds: Double
  /// The time in which the vessel fills.
  private let fillSeconds: Double
  /// When a sponge is wrung out, and how fast it runs empty.
  private var wringing = Wringing()
  private let stirring: Stirring
  private var unrest: OrnsteinUhlenbeck
  private var dice: Dice
  private var tick = 0.0

  /// The time from one step of the random level changes to the next.
  private static let tickSeconds = 0.005

  /// The crossfade from one voice of running water to the next.
  private static let crossfadeSeconds = 1.0
  /// The level of the trickle between two pours.
  private static let trickle = 0.18

  /// - Parameter pace: a factor on the speed of drops and of the hand.
  init(_ settings: Water, spanSeconds: Double, pace: Double, dice: Dice) {
    let (kind, rest) = (settings.kind, settings.rest)
    self.kind = kind
    fillSeconds = settings.fillSeconds / pace
    self.spanSeconds = spanSeconds
    self.dice = dice
    var dice = dice
    endSeconds =
      kind == .pour
      ? min(spanSeconds, max(2.5, spanSeconds - rest * dice.uniform(0.6...1.6))) : spanSeconds
    stirring = Stirring(pace: kind == .bath ? 0.45 * pace : pace, dice: &dice)
    unrest = OrnsteinUhlenbeck(correlationSeconds: 0.012, tickSeconds: Self.tickSeconds, dice: &dice)
    switch kind {
    case .drops: planDrops(spanSeconds, pace * settings.flowRatio, &dice)
    case .dishes: planDishes(spanSeconds, rest, pace, &dice)
    case .pour: planDrips(&dice)
    case .bath: planBath(spanSeconds, rest, pace, &dice)
    case .rinse, .stream: break
    }
    self.dice = Dice(dice.fork())
  }

  /// Plans the drips of the spout after a pour.
  private mutating func planDrips(_ dice: inout Dice) {
    var clock = endSeconds + dice.exponential(mean: 0.22)
    while clock < spanSeconds {
      insert(
        Event(
          kind: .drop, seconds: clock, strength: dice.uniform(0.4...1.2),
          radiusMetres: dice.logUniform(1.3e-3...3.5e-3), balance: 0.2 * dice.clippedGaussian()))
      clock += dice.exponential(mean: 0.22)
    }
  }

  /// Plans drops from seven sources, each with its own slightly uneven period.
  private mutating func planDrops(_ span: Double, _ pace: Double, _ dice: inout Dice) {
    for source in 0..<7 {
      let period = dice.uniform(0.25...0.6) / pace * (1 + 0.2 * Double(source))
      let radius = dice.logUniform(2.3e-3...5.2e-3)
      let balance = 0.35 * dice.clippedGaussian()
      var clock = period * dice.uniform()
      while clock < span, !events.isFull {
        insert(
          Event(
            kind: .drop, seconds: clock, strength: dice.gain(spreadDB: 2) * (source == 0 ? 1 : 0.75),
            radiusMetres: radius, balance: max(-0.8, min(0.8, balance))))
        clock += period * (1 + 0.05 * dice.clippedGaussian())
      }
    }
  }

  /// Plans the strokes of a sponge, one or two plates, and drops.
  private mutating func planDishes(_ span: Double, _ rest: Double, _ pace: Double, _ dice: inout Dice) {
    hand = HandMotion(
      .init(
        seconds: 0.35...0.9, pauseSeconds: 0.05...0.25, restSeconds: 0.6...1.8, strokes: 4...9, returns: 0.8),
      spanSeconds: span, speed: pace, rest: rest, dice: &dice)
    // Plates touch in groups, each contact softer than the one before.
    var plate = dice.exponential(mean: 2.2)
    while plate < span - 0.5 {
      var (strength, contact) = (dice.uniform(0.4...1.2), plate)
      for _ in 0..<dice.whole(1...3) {
        insert(Event(kind: .plate, seconds: contact, strength: strength))
        strength *= dice.uniform(0.3...0.7)
        contact += dice.uniform(0.02...0.09)
      }
      plate += max(0.5, rest) * (0.5 + dice.exponential(mean: 2.2))
    }
    // Water drips from the plates that are lifted out.
    var clock = dice.uniform(0...0.5)
    while clock < span, !events.isFull {
      insertFallingDrop(at: clock, radiusMetres: 0.8e-3...3e-3, &dice)
      clock += dice.exponential(mean: 0.45 / pace)
    }
  }

  /// Plans a sponge that is wrung out over the tub, and the drops that fall from it after.
  private mutating func planBath(_ span: Double, _ rest: Double, _ pace: Double, _ dice: inout Dice) {
    wringing = Wringing(spanSeconds: span, rest: rest, pace: pace, dice: &dice)
    var clock = wringing.endSeconds - dice.uniform(0.2...0.5)
    var interval = 0.05
    while clock < span + 0.5, interval < 0.9, !events.isFull {
      insertFallingDrop(at: clock, radiusMetres: 1.2e-3...3.6e-3, &dice)
      clock += dice.exponential(mean: interval)
      interval *= 1.12
    }
  }

  /// Inserts a drop that falls from wet ceramic or a sponge.
  private mutating func insertFallingDrop(
    at seconds: Double, radiusMetres: ClosedRange<Double>, _ dice: inout Dice
  ) {
    insert(
      Event(
        kind: .drop, seconds: seconds, strength: 0.5 * dice.gain(spreadDB: 4),
        radiusMetres: dice.logUniform(radiusMetres), balance: 0.3 * dice.clippedGaussian()))
  }

  /// Inserts an event; the list is sorted by time, latest first.
  private mutating func insert(_ event: Event) {
    guard events.append(event) else { return }
    var k = events.count - 1
    while k > 0, events[k - 1].seconds < event.seconds {
      events[k] = events[k - 1]
      events[k - 1] = event
      k -= 1
    }
  }

  /// Removes and returns the next event before a time; nil if no event is left.
  mutating func event(before seconds: Double) -> Event? {
    guard !events.isEmpty, events[events.count - 1].seconds < seconds else { return nil }
    let event = events[events.count - 1]
    events.swapRemove(at: events.count - 1)
    return event
  }

  func isOver(at seconds: Double) -> Bool {
    seconds >= spanSeconds + Self.crossfadeSeconds && events.isEmpty
  }

  /// The motion of the water at a time. Times must not decrease from call to call.
  mutating func state(at seconds: Double) -> State {
    while tick < seconds {
      unrest.step(&dice)
      tick += Self.tickSeconds
    }
    let wander = Maths.exp(0.18 * max(-2.5, min(2.5, unrest.value)))
    let fade = Curves.crossfade(at: seconds, spanSeconds: spanSeconds, fadeSeconds: Self.crossfadeSeconds)
    var state = State()
    switch kind {
    case .drops:
      // A wet surface is never completely silent.
      let present = Curves.step(seconds / 0.4) * Curves.step((endSeconds + 0.4 - seconds) / 0.4)
      state.wetGains = Float(0.004 * present * wander) * SIMD4(1, 1, 0.7, 0.4)
    case .rinse, .stream: state.level = fade
    case .pour:
      let progress = max(0, min(1, seconds / fillSeconds))
      // The jet starts within a quarter of a second and thins out in half a second.
      let present =
        Curves.equalPower(seconds / 0.25).fadeIn
        * Curves.equalPower((seconds - endSeconds + 0.5) / 0.5).fadeOut
      state.level = max(Self.trickle * fade, present)
      // The next vessel is nearly empty.
      state.full = seconds < endSeconds ? 0.05 + 0.9 * progress : 0.95
    case .bath:
      state.slosh = stirring.strength(at: seconds)
      let sponge = wringing.flow(at: seconds)
      // The water of a bath is never quite still.
      state.level = fade * (0.011 + 0.16 * state.slosh * state.slosh + 0.24 * sponge).squareRoot()
    case .dishes:
      state.slosh = stirring.strength(at: seconds)
      state.level = fade * Maths.amplitude(dB: 4.7 * (state.slosh - 0.35))
      state.sponge = hand.state(at: seconds)
    }
    return state
  }
}
