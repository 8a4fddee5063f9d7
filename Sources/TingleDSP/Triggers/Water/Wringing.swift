/// A sponge that is wrung out once: the flow rises while the hand closes, and then runs out.
struct Wringing: Sendable {
  private var startSeconds = 0.0
  private var squeezeSeconds = 1.0
  /// The time constant in which the rest runs out.
  private var decaySeconds = 0.4
  /// 1 in a nominal squeeze; 0 for a sponge that is not wrung.
  private var strength = 0.0

  /// A sponge that is not wrung.
  init() {}

  /// - Parameters:
  ///   - rest: a factor on the time before the sponge.
  ///   - pace: a factor on the speed of the hand.
  init(spanSeconds: Double, rest: Double, pace: Double, dice: inout Dice) {
    startSeconds = min(0.6 * spanSeconds, rest * dice.uniform(0.4...2.4))
    squeezeSeconds = dice.uniform(0.5...1.1) / pace
    decaySeconds = dice.uniform(0.25...0.5)
    strength = dice.gain(spreadDB: 2)
  }

  /// When less than a hundredth still runs.
  var endSeconds: Double { startSeconds + squeezeSeconds + 4.6 * decaySeconds }

  /// The flow relative to the largest of a nominal squeeze.
  func flow(at seconds: Double) -> Double {
    let since = seconds - startSeconds
    guard since > 0 else { return 0 }
    guard since > squeezeSeconds else { return strength * Curves.step(since / squeezeSeconds) }
    return strength * Maths.exp(-(since - squeezeSeconds) / decaySeconds)
  }
}
