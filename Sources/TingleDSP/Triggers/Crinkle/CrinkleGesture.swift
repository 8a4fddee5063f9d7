/// The hand behind a crinkle: how fast the sheet is strained, over bouts of a few strokes with rests between.
struct CrinkleGesture: Sendable {
  private struct Stroke: Sendable {
    var start = 0.0
    var duration = 1.0
    var level = 0.0
    /// How long the sheet goes on settling after the stroke.
    var settling = 0.5
  }

  private var strokes = Pool<28, Stroke>(repeating: Stroke())
  private var firstLive = 0

  /// The sheet may go on settling this long after the last stroke's end.
  static let longestTailSeconds = 1.5

  /// Plans the strokes for the next `spanSeconds`.
  init(spanSeconds: Double, dice: inout Dice) {
    // Whether the hand is in a hurry wanders from stroke to stroke.
    var haste = OrnsteinUhlenbeck(correlationSeconds: 2, tickSeconds: 0.6, dice: &dice)
    var clock = dice.uniform(0...0.3)
    let end = spanSeconds - 0.3
    while clock < end, !strokes.isFull {
      let boutLevel = dice.logNormal(sigma: 0.5)
      for _ in 0..<dice.whole(1...4) where clock < end {
        haste.step(&dice)
        let slowness = Maths.exp(0.45 * haste.value - 0.1)
        let duration = min(1.6, dice.uniform(0.15...1.1) * slowness)
        strokes.add(
          Stroke(
            start: clock, duration: duration,
            level: min(3, boutLevel * dice.logNormal(sigma: 0.5)),
            settling: dice.uniform(0.5...Self.longestTailSeconds)))
        clock += duration * dice.uniform(0.8...1.1)
      }
      clock += 0.08 + min(2, dice.exponential(mean: 0.45))
    }
  }

  /// The strain rate at a time, about 1 in the middle of an ordinary stroke. Times must not go back.
  mutating func strainRate(at time: Double) -> Double {
    var sum = 0.0
    for k in firstLive..<strokes.count {
      let stroke = strokes[k]
      let age = time - stroke.start
      guard age > 0 else { break }
      if k == firstLive, age > stroke.duration + stroke.settling { firstLive += 1 }
      sum += stroke.level * Curves.minimumJerkSpeed(age / stroke.duration)
      // Stress relaxes as 1/t once most of the stroke is done.
      let since = age - 0.7 * stroke.duration
      let share = since / (0.3 * stroke.duration + stroke.settling)
      if since > 0, share < 1 { sum += 0.1 * stroke.level / (1 + since / 0.06) * (1 - share) }
    }
    return sum
  }
}
