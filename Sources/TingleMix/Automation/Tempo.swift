/// A tempo curve: the pace falls linearly from 1 to `slowest`, then stays constant.
///
/// Its integral is the score clock, on which voice slots have equal length. Both directions are closed
/// formulas.
package struct Tempo: Sendable {
  /// A constant pace of 1.
  static let even = Tempo(slowest: 1, reachedSeconds: 1)

  /// The final pace as a fraction of the first, 0 to 1.
  let slowest: Double
  /// The time at which the final pace is reached, in seconds.
  let reachedSeconds: Double

  /// The pace at a time of the mix.
  package func pace(at seconds: Double) -> Double {
    1 - (1 - slowest) * max(0, min(1, seconds / reachedSeconds))
  }

  /// The score clock at a time of the mix: the integral of the pace, in seconds.
  package func clock(at seconds: Double) -> Double {
    let slackening = max(0, min(seconds, reachedSeconds))
    let lost = (1 - slowest) * slackening * slackening / (2 * reachedSeconds)
    return seconds - lost - (1 - slowest) * max(0, seconds - reachedSeconds)
  }

  /// The time of the mix at which the score clock reads `clock`; the inverse of `clock(at:)`.
  package func seconds(at clock: Double) -> Double {
    if clock <= 0 || slowest == 1 { return clock }
    let reached = self.clock(at: reachedSeconds)
    guard clock < reached else { return reachedSeconds + (clock - reached) / slowest }
    let a = (1 - slowest) / (2 * reachedSeconds)
    // The smaller root of a·t² - t + clock, in the form that does not cancel for a small a.
    return 2 * clock / (1 + (1 - 4 * a * clock).squareRoot())
  }
}
