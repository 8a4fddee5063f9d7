extension HandMotion {
  /// How the strokes of a hand follow one another.
  package struct Manner: Sendable {
    /// The range of the length of a stroke.
    var seconds: ClosedRange<Double>
    /// The range of the pause between two strokes.
    var pauseSeconds: ClosedRange<Double>
    /// The range of the rest after a run of strokes.
    var restSeconds: ClosedRange<Double>
    /// The number of strokes in a run.
    var strokes: ClosedRange<Int>
    /// The probability that the hand strokes back over the same path instead of lifting.
    var returns: Double
    /// The mean speed of a hand that lies still on the object, relative to a nominal stroke; 0 for a hand
    /// that lifts.
    var tremor = 0.0
  }

  /// Plans strokes for a span of time.
  /// - Parameters:
  ///   - speed: a factor on the speed of the hand; 1 is the speed of the manner.
  ///   - rest: a factor on the rests.
  package init(_ manner: Manner, spanSeconds: Double, speed: Double, rest: Double, dice: inout Dice) {
    self.init()
    var clock = dice.uniform(0.05...0.2)
    var left = dice.whole(manner.strokes)
    var side = dice.chance(0.5) ? 1.0 : -1.0
    // The strokes of one hand have about the same length.
    let usual = dice.logUniform(manner.seconds)
    while clock < spanSeconds - 0.3, !isFull {
      var seconds = max(manner.seconds.lowerBound, usual * dice.logNormal(sigma: 0.15)) / speed
      // No stroke starts that the end of the span would cut off.
      let time = spanSeconds + 0.8 - clock
      guard isEmpty || time > 0.5 * seconds else { break }
      seconds = min(seconds, max(0.3, time))
      let reach = dice.uniform(0.6...1)
      add(
        HandMove(
          start: clock, duration: seconds, speed: speed * Maths.exp(0.25 * dice.clippedGaussian()),
          pressure: Maths.exp(0.2 * dice.clippedGaussian()), from: -side * reach, to: side * reach))
      clock += seconds
      if dice.chance(manner.returns), !isFull {
        // The stroke back is slower and lighter.
        clock += dice.logUniform(manner.pauseSeconds) * 0.4
        let back = 1.15 * seconds
        if clock + back < spanSeconds + 0.6 {
          add(
            HandMove(
              start: clock, duration: back, speed: speed * Maths.exp(0.25 * dice.clippedGaussian()) / 1.15,
              pressure: 0.8 * Maths.exp(0.2 * dice.clippedGaussian()), from: side * reach, to: -side * reach))
          clock += back
        }
      }
      left -= 1
      clock += dice.logUniform(manner.pauseSeconds) / speed
      if left <= 0 {
        clock += rest * dice.uniform(manner.restSeconds)
        left = dice.whole(manner.strokes)
        if dice.chance(0.3) { side = -side }
      }
    }
  }
}
