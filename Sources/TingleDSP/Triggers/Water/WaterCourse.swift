/// What happens with the water over some seconds: how much of it moves, and what falls in.
struct WaterCourse: Sendable {
  /// Something at a moment.
  struct Event: Sendable {
    enum Kind: Sendable { case drop, plate }
    var kind = Kind.drop
    var seconds = 0.0
    var strength = 1.0
    var radiusMetres = 2e-3
    var balance = 0.0
  }

  /// How the water moves at a moment.
  struct State: Sendable {
    var bubblesPerSecond = 0.0
    var radiusMetres = 0.4e-3...3e-3
    /// Of bubbles.
    var level = 0.0
    /// How much higher the vessel makes them, as it fills.
    var pitch = 1.0
    /// Of what is too fine to be told apart, in four bands.
    var rush = SIMD4<Float>.zero
    var sponge = HandMotion.State()
  }

  private let kind: WaterKind
  private var events = InlineList<200, Event>(repeating: Event())
  private var hand = HandMotion()
  private let begins: Double
  private let ends: Double
  private let slosh: (period: Double, phase: Double, depth: Double)
  private var unrest: OrnsteinUhlenbeck
  private var dice: Dice
  private var tick = 0.0

  init(_ kind: WaterKind, spanSeconds: Double, rest: Double, pace: Double, dice: Dice) {
    self.kind = kind
    self.dice = dice
    var dice = dice
    begins = kind == .pour ? 0.1 : 0
    ends =
      kind == .pour ? max(2.5, spanSeconds - rest * dice.uniform(0.8...2.2)) : spanSeconds
    slosh = (1 / (pace * dice.uniform(0.8...1.6)), dice.uniform(), dice.uniform(0.5...0.9))
    unrest = OrnsteinUhlenbeck(correlationSeconds: 0.012, tickSeconds: 0.005, dice: &dice)
    switch kind {
    case .drops: drip(spanSeconds, pace, &dice)
    case .dishes: wash(spanSeconds, rest, pace, &dice)
    case .pour, .rinse: break
    }
    self.dice = Dice(dice.fork())
  }

  /// A few places from which it drips, each at its own pace, never quite even.
  private mutating func drip(_ span: Double, _ pace: Double, _ dice: inout Dice) {
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

  /// A hand with a sponge, and now and then a plate set down.
  private mutating func wash(_ span: Double, _ rest: Double, _ pace: Double, _ dice: inout Dice) {
    hand = HandMotion(
      .init(
        seconds: 0.35...0.9, pauseSeconds: 0.05...0.25, restSeconds: 0.6...1.8, strokes: 4...9, returns: 0.8),
      spanSeconds: span, speed: pace, rest: rest, dice: &dice)
    for _ in 0..<dice.whole(1...2) {
      insert(
        Event(
          kind: .plate, seconds: dice.uniform(0.5...max(1, span - 0.5)), strength: dice.gain(spreadDB: 3)))
    }
    // Water drips off what is lifted out.
    var clock = dice.uniform(0...0.5)
    while clock < span, !events.isFull {
      insert(
        Event(
          kind: .drop, seconds: clock, strength: 0.5 * dice.gain(spreadDB: 4),
          radiusMetres: dice.logUniform(0.8e-3...3e-3), balance: 0.3 * dice.clippedGaussian()))
      clock += dice.exponential(mean: 0.45 / pace)
    }
  }

  /// In the order of time.
  private mutating func insert(_ event: Event) {
    guard events.append(event) else { return }
    var k = events.count - 1
    while k > 0, events[k - 1].seconds < event.seconds {
      events[k] = events[k - 1]
      events[k - 1] = event
      k -= 1
    }
  }

  /// The next thing that happens before a time.
  mutating func event(before seconds: Double) -> Event? {
    guard !events.isEmpty, events[events.count - 1].seconds < seconds else { return nil }
    let event = events[events.count - 1]
    events.swapRemove(at: events.count - 1)
    return event
  }

  func isOver(at seconds: Double) -> Bool { seconds >= ends && events.isEmpty }

  /// How the water moves at a time; times must not go back.
  mutating func state(at seconds: Double) -> State {
    while tick < seconds {
      unrest.step(&dice)
      tick += 0.005
    }
    let wander = Maths.exp(0.18 * max(-2.5, min(2.5, unrest.value)))
    var state = State()
    switch kind {
    case .drops:
      // What is wet is never quite still.
      let present = Curves.step(seconds / 0.4) * Curves.step((ends + 0.4 - seconds) / 0.4)
      state.rush = Float(0.004 * present * wander) * SIMD4(1, 1, 0.7, 0.4)
    case .rinse:
      let present = Curves.step(seconds / 0.5) * Curves.step((ends + 0.5 - seconds) / 0.5)
      state.bubblesPerSecond = 260 * present
      state.radiusMetres = 0.35e-3...2.4e-3
      state.level = 0.26 * present * wander
      state.rush = Float(0.07 * present * wander) * SIMD4(0.4, 0.8, 1, 0.8)
    case .pour:
      let share = (seconds - begins) / (ends - begins)
      guard share > 0, share < 1 else { return state }
      let present = Curves.step(share / 0.06) * Curves.step((1 - share) / 0.08)
      // The air above the water grows shorter: what rings in it rises.
      state.pitch = 0.7 + 0.8 * share
      state.bubblesPerSecond = 460 * present
      state.radiusMetres = 0.4e-3...3.2e-3
      state.level = 0.24 * present * wander
      state.rush =
        Float(0.07 * present * wander) * SIMD4(Float(0.8 - 0.5 * share), Float(0.7 + 0.4 * share), 0.9, 0.7)
    case .dishes:
      let present = Curves.step(seconds / 0.4) * Curves.step((ends + 0.4 - seconds) / 0.4)
      let wave = 0.5 + 0.5 * Maths.sinCos(turns: seconds / slosh.period + slosh.phase).sin
      let swing = 1 - slosh.depth + slosh.depth * wave * wave * wave
      state.bubblesPerSecond = 90 * present * swing
      state.radiusMetres = 0.6e-3...5e-3
      state.level = 0.16 * swing * wander
      state.rush = Float(0.03 * present * swing * wander) * SIMD4(1, 0.8, 0.5, 0.2)
      state.sponge = hand.state(at: seconds)
    }
    return state
  }
}
