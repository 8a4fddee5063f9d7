/// How a hand moves to and fro for some seconds: strokes from rest to rest, each as smooth as a hand's.
package struct HandMotion: Sendable {
  /// A movement from rest to rest.
  struct HandMove: Sendable {
    var start = 0.0
    var duration = 1.0
    /// At its fastest, 1 in an ordinary stroke.
    var speed = 0.0
    /// How hard the hand presses, 1 ordinarily.
    var pressure = 1.0
    /// Where the hand comes from and where it goes, -1 ... 1 from left to right.
    var from = 0.0
    var to = 0.0

    var end: Double { start + duration }
  }

  /// What the hand does at a moment.
  package struct State: Sendable {
    /// 1 in the middle of an ordinary stroke, 0 at rest and where it turns.
    package var speed = 0.0
    package var pressure = 1.0
    /// -1 ... 1 from left to right.
    package var place = 0.0

    /// A hand at rest, or at a speed.
    package init(speed: Double = 0, pressure: Double = 1, place: Double = 0) {
      self.speed = speed
      self.pressure = pressure
      self.place = place
    }
  }

  private var strokes = InlineList<24, HandMove>(repeating: HandMove())
  private var current = 0

  /// A hand at rest.
  init() {}

  /// Adds a stroke that begins no sooner than the last one ended.
  mutating func add(_ stroke: HandMove) { strokes.append(stroke) }

  /// When the last stroke has ended, in seconds.
  package var endSeconds: Double { mutating get { strokes.isEmpty ? 0 : strokes[strokes.count - 1].end } }

  /// What the hand does at a time. Times must not go back.
  package mutating func state(at time: Double) -> State {
    while current < strokes.count, time >= strokes[current].end { current += 1 }
    guard current < strokes.count else { return State() }
    let stroke = strokes[current]
    guard time > stroke.start else { return State(place: stroke.from) }
    let share = (time - stroke.start) / stroke.duration
    // The way made is the integral of the speed.
    let way = share * share * share * (10 - 15 * share + 6 * share * share)
    return State(
      speed: stroke.speed * Curves.minimumJerkSpeed(share), pressure: stroke.pressure,
      place: stroke.from + (stroke.to - stroke.from) * way)
  }
}

extension HandMotion {
  /// How strokes follow one another.
  package struct Manner: Sendable {
    /// How long a stroke takes.
    var seconds: ClosedRange<Double>
    /// Between a stroke and the next.
    var pauseSeconds: ClosedRange<Double>
    /// After every few strokes.
    var restSeconds: ClosedRange<Double>
    /// How many strokes there are from rest to rest.
    var strokes: ClosedRange<Int>
    /// How often the hand goes back over the same way instead of lifting.
    var returns: Double
  }

  /// A run of strokes that fills a span of time.
  /// - Parameters:
  ///   - haste: how fast the hand is, 1 as the manner says.
  ///   - rest: how long it rests, 1 as the manner says.
  package init(_ manner: Manner, spanSeconds: Double, haste: Double, rest: Double, dice: inout Dice) {
    self.init()
    var clock = dice.uniform(0.05...0.2)
    var left = dice.whole(manner.strokes)
    var side = dice.chance(0.5) ? 1.0 : -1.0
    // Somebody who strokes keeps at it: the length of one stroke is much like that of the last.
    let usual = dice.logUniform(manner.seconds)
    while clock < spanSeconds - 0.3, !strokes.isFull {
      var seconds = max(manner.seconds.lowerBound, usual * dice.logNormal(sigma: 0.15)) / haste
      // What would have to be broken off is not begun.
      let time = spanSeconds + 0.8 - clock
      guard strokes.isEmpty || time > 0.5 * seconds else { break }
      seconds = min(seconds, max(0.3, time))
      let reach = dice.uniform(0.6...1)
      add(
        HandMove(
          start: clock, duration: seconds, speed: haste * Maths.exp(0.25 * dice.clippedGaussian()),
          pressure: Maths.exp(0.2 * dice.clippedGaussian()), from: -side * reach, to: side * reach))
      clock += seconds
      if dice.chance(manner.returns), !strokes.isFull {
        // The way back is slower and lighter.
        clock += dice.logUniform(manner.pauseSeconds) * 0.4
        let back = 1.15 * seconds
        if clock + back < spanSeconds + 0.6 {
          add(
            HandMove(
              start: clock, duration: back, speed: haste * Maths.exp(0.25 * dice.clippedGaussian()) / 1.15,
              pressure: 0.8 * Maths.exp(0.2 * dice.clippedGaussian()), from: side * reach, to: -side * reach))
          clock += back
        }
      }
      left -= 1
      clock += dice.logUniform(manner.pauseSeconds) / haste
      if left <= 0 {
        clock += rest * dice.uniform(manner.restSeconds)
        left = dice.whole(manner.strokes)
        if dice.chance(0.3) { side = -side }
      }
    }
  }
}
