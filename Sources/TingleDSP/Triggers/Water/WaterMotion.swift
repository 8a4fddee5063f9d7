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
    var bubblesPerSecond = 0.0
    var radiusMetres = 0.4e-3...3e-3
    /// The level of the bubbles.
    var level = 0.0
    /// A factor on the pitch of the bubbles; it rises as the vessel fills.
    var pitch = 1.0
    /// The gains of the four noise bands of the stream.
    var streamGains = SIMD4<Float>.zero
    var sponge = HandMotion.State()
  }

  private let kind: WaterKind
  private var events = InlineList<200, Event>(repeating: Event())
  private var hand = HandMotion()
  private let startSeconds: Double
  private let endSeconds: Double
  /// The motion of a hand in the dish water, as a sine.
  private let slosh: (period: Double, phase: Double, depth: Double)
  private var unrest: OrnsteinUhlenbeck
  private var dice: Dice
  private var tick = 0.0

  /// The time from one step of the random level changes to the next.
  private static let tickSeconds = 0.005

  init(_ kind: WaterKind, spanSeconds: Double, rest: Double, pace: Double, dice: Dice) {
    self.kind = kind
    self.dice = dice
    var dice = dice
    startSeconds = kind == .pour ? 0.1 : 0
    endSeconds =
      kind == .pour ? max(2.5, spanSeconds - rest * dice.uniform(0.8...2.2)) : spanSeconds
    slosh = (1 / (pace * dice.uniform(0.8...1.6)), dice.uniform(), dice.uniform(0.5...0.9))
    unrest = OrnsteinUhlenbeck(correlationSeconds: 0.012, tickSeconds: Self.tickSeconds, dice: &dice)
    switch kind {
    case .drops: planDrops(spanSeconds, pace, &dice)
    case .dishes: planDishes(spanSeconds, rest, pace, &dice)
    case .pour, .rinse: break
    }
    self.dice = Dice(dice.fork())
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
    for _ in 0..<dice.whole(1...2) {
      insert(
        Event(
          kind: .plate, seconds: dice.uniform(0.5...max(1, span - 0.5)), strength: dice.gain(spreadDB: 3)))
    }
    // Water drips from the plates that are lifted out.
    var clock = dice.uniform(0...0.5)
    while clock < span, !events.isFull {
      insert(
        Event(
          kind: .drop, seconds: clock, strength: 0.5 * dice.gain(spreadDB: 4),
          radiusMetres: dice.logUniform(0.8e-3...3e-3), balance: 0.3 * dice.clippedGaussian()))
      clock += dice.exponential(mean: 0.45 / pace)
    }
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

  func isOver(at seconds: Double) -> Bool { seconds >= endSeconds && events.isEmpty }

  /// The motion of the water at a time. Times must not decrease from call to call.
  mutating func state(at seconds: Double) -> State {
    while tick < seconds {
      unrest.step(&dice)
      tick += Self.tickSeconds
    }
    let wander = Maths.exp(0.18 * max(-2.5, min(2.5, unrest.value)))
    var state = State()
    switch kind {
    case .drops:
      // A wet surface is never completely silent.
      let present = Curves.step(seconds / 0.4) * Curves.step((endSeconds + 0.4 - seconds) / 0.4)
      state.streamGains = Float(0.004 * present * wander) * SIMD4(1, 1, 0.7, 0.4)
    case .rinse:
      let present = Curves.step(seconds / 0.5) * Curves.step((endSeconds + 0.5 - seconds) / 0.5)
      state.bubblesPerSecond = 260 * present
      state.radiusMetres = 0.35e-3...2.4e-3
      state.level = 0.26 * present * wander
      state.streamGains = Float(0.07 * present * wander) * SIMD4(0.4, 0.8, 1, 0.8)
    case .pour:
      let progress = (seconds - startSeconds) / (endSeconds - startSeconds)
      guard progress > 0, progress < 1 else { return state }
      let present = Curves.step(progress / 0.06) * Curves.step((1 - progress) / 0.08)
      // The air column above the water becomes shorter, so its resonance rises.
      state.pitch = 0.7 + 0.8 * progress
      state.bubblesPerSecond = 460 * present
      state.radiusMetres = 0.4e-3...3.2e-3
      state.level = 0.24 * present * wander
      state.streamGains =
        Float(0.07 * present * wander)
        * SIMD4(Float(0.8 - 0.5 * progress), Float(0.7 + 0.4 * progress), 0.9, 0.7)
    case .dishes:
      let present = Curves.step(seconds / 0.4) * Curves.step((endSeconds + 0.4 - seconds) / 0.4)
      let wave = 0.5 + 0.5 * Maths.sinCos(turns: seconds / slosh.period + slosh.phase).sin
      let swing = 1 - slosh.depth + slosh.depth * wave * wave * wave
      state.bubblesPerSecond = 90 * present * swing
      state.radiusMetres = 0.6e-3...5e-3
      state.level = 0.16 * swing * wander
      state.streamGains = Float(0.03 * present * swing * wander) * SIMD4(1, 0.8, 0.5, 0.2)
      state.sponge = hand.state(at: seconds)
    }
    return state
  }
}
