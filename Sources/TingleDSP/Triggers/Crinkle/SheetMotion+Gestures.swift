extension SheetMotion {
  /// Plans the moves of a gesture, with a rest at the end of the span.
  /// - Parameter rest: a factor on all pauses.
  package init(_ gesture: CrinkleGesture, spanSeconds: Double, rest: Double, dice: inout Dice) {
    self.init(hand: dice.fork())
    let start = rest * dice.uniform(0...0.3)
    let end = spanSeconds - min(0.6 * spanSeconds, rest * (0.4 + min(3, dice.exponential(mean: 0.9))))
    switch gesture == .mixed ? Self.any(&dice) : gesture {
    case .mixed, .fiddle: fiddle(from: start, to: end, rest, &dice)
    case .squeeze: squeeze(from: start, to: end, rest, &dice)
    case .ball: ball(from: start, to: end, rest, &dice)
    case .unfold: unfold(from: start, to: end, rest, &dice)
    case .rub: rub(from: start, to: end, rest, &dice)
    case .stroke: stroke(from: start, to: end, rest, &dice)
    }
  }

  private static func any(_ dice: inout Dice) -> CrinkleGesture {
    switch dice.uniform() {
    case ..<0.40: .fiddle
    case ..<0.58: .squeeze
    case ..<0.68: .ball
    case ..<0.78: .unfold
    case ..<0.90: .rub
    default: .stroke
    }
  }

  /// Bouts of one to four short moves at varying tempo, as when fingers play with a wrapper.
  private mutating func fiddle(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var tempo = OrnsteinUhlenbeck(correlationSeconds: 2, tickSeconds: 0.6, dice: &dice)
    var clock = start
    while clock < end {
      let boutLevel = dice.logNormal(sigma: 0.35)
      for _ in 0..<dice.whole(1...4) where clock < end {
        tempo.step(&dice)
        let duration = min(1.6, dice.uniform(0.15...1.1) * Maths.exp(0.45 * tempo.value - 0.1))
        let level = min(2, boutLevel * dice.logNormal(sigma: 0.35))
        add(
          SheetMove(
            start: clock, duration: duration, strain: level, slide: level, settling: dice.uniform(0.5...1.5)))
        clock += duration * dice.uniform(0.8...1.1)
      }
      clock += rest * (0.08 + min(2, dice.exponential(mean: 0.45)))
    }
  }

  /// The hand closes slowly, holds, and opens: most snaps while it closes, fewer and fewer while it holds.
  private mutating func squeeze(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var clock = start
    while clock < end - 1.2 {
      let closing = min(end - clock, dice.uniform(1.0...2.6))
      let level = min(2.5, 1.3 * dice.logNormal(sigma: 0.3))
      add(
        SheetMove(
          start: clock, duration: closing, strain: level, slide: 0.5 * level,
          settling: Self.longestSettlingSeconds))
      clock += closing + rest * dice.uniform(0.2...1.2)
      let opening = dice.uniform(0.4...0.9)
      add(
        SheetMove(
          start: clock, duration: opening, strain: 0.45 * level, slide: 0.4 * level,
          settling: dice.uniform(1...Self.longestSettlingSeconds)))
      clock += opening + rest * dice.uniform(0.3...1)
    }
  }

  /// All fingers crumple the sheet into a ball: overlapping grips that become shorter and stronger.
  private mutating func ball(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var clock = start
    while clock < end {
      let progress = min(1, (clock - start) / 5)
      let duration = min(end - clock + 0.3, dice.uniform(0.6...1.1) * (1.3 - 0.5 * progress))
      let level = (0.5 + 0.4 * progress) * dice.logNormal(sigma: 0.25)
      add(
        SheetMove(
          start: clock, duration: duration, strain: level, slide: 0.8 * level, settling: dice.uniform(0.4...1)
        ))
      clock += duration * dice.uniform(0.3...0.5)
    }
  }

  /// A few tugs pull the sheet open, then the palm smooths it.
  private mutating func unfold(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var clock = start
    for k in 0..<dice.whole(3...5) where clock < end {
      let duration = dice.uniform(0.3...0.8)
      let level = 1.5 * Maths.pow(0.8, Double(k)) * dice.logNormal(sigma: 0.3)
      add(
        SheetMove(
          start: clock, duration: duration, strain: level, slide: 0.6 * level,
          settling: dice.uniform(0.5...1.5)))
      clock += duration + rest * dice.uniform(0.1...0.5)
    }
    while clock < end - 0.5 {
      let duration = min(end - clock, dice.uniform(0.7...1.4))
      add(
        SheetMove(
          start: clock, duration: duration, strain: 0.25 * dice.logNormal(sigma: 0.3),
          slide: 1.2 * dice.logNormal(sigma: 0.2), settling: 0.3))
      clock += duration + rest * dice.uniform(0.15...0.5)
    }
  }

  /// Thumb and fingers rub the sheet back and forth, two to four times per second.
  private mutating func rub(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var clock = start
    while clock < end {
      let beat = dice.uniform(0.13...0.26)
      let level = dice.logNormal(sigma: 0.3)
      for k in 0..<dice.whole(5...12) where clock < end {
        // The return move is a little slower.
        let duration = beat * (k.isMultiple(of: 2) ? 1 : 1.15) * dice.logNormal(sigma: 0.06)
        let strength = level * dice.logNormal(sigma: 0.15)
        add(
          SheetMove(
            start: clock, duration: duration, strain: 0.55 * strength, slide: strength, settling: 0.1))
        clock += duration
      }
      clock += rest * dice.uniform(0.2...0.9)
    }
  }

  /// A finger strokes the sheet slowly.
  private mutating func stroke(from start: Double, to end: Double, _ rest: Double, _ dice: inout Dice) {
    var clock = start
    while clock < end - 0.4 {
      let duration = min(end - clock, dice.uniform(0.8...2))
      let level = dice.logNormal(sigma: 0.25)
      add(
        SheetMove(
          start: clock, duration: duration, strain: 0.3 * level, slide: 1.1 * level, settling: 0.4))
      clock += duration + rest * dice.uniform(0.15...0.6)
    }
  }
}
