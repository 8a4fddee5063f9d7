/// Water that drips from an edge: a few places, each with a slightly uneven period of its own.
///
/// A pure function of the time in the mix, so that the drips keep their time from voice to voice.
struct Drips: Sendable {
  /// One drip.
  struct Drip {
    /// The time in the mix.
    var seconds: Double
    /// The amplitude relative to the RMS of the near drops.
    var strength: Double
    var balance: Double
  }

  /// A place where water collects.
  private struct Source: Sendable {
    var draws = Draws(seed: 0)
    var periodSeconds = 1.0
    var strength = 1.0
    var balance = 0.0
  }

  private var sources = InlineArray<5, Source>(repeating: Source())

  /// - Parameter draws: the random stream of the layer.
  init(_ draws: Draws) {
    var dice = Dice(draws)
    for k in 0..<5 {
      sources[k] = Source(
        draws: dice.fork(), periodSeconds: dice.logUniform(0.4...2), strength: dice.uniform(1.2...2.6),
        balance: dice.uniform(-0.8...0.8))
    }
  }

  /// Calls `body` with each drip in a range of time.
  mutating func forEach(from start: Double, to end: Double, _ body: (Drip) -> Void) {
    for k in 0..<5 {
      let source = sources[k]
      var number = Int((start / source.periodSeconds - 0.2).rounded(.down))
      while Double(number) < end / source.periodSeconds + 0.2 {
        var dice = Dice(source.draws.branch(number))
        // The period deviates by 5 %.
        let seconds = (Double(number) + 0.05 * dice.clippedGaussian()) * source.periodSeconds
        if seconds >= start, seconds < end {
          body(
            Drip(
              seconds: seconds, strength: source.strength * dice.gain(spreadDB: 1), balance: source.balance))
        }
        number += 1
      }
    }
  }
}
