import TingleDSP

/// How a mix changes from its beginning to its end.
public enum Arc: String, Sendable, CaseIterable {
  /// Not at all.
  case steady
  /// For falling asleep: triggers come ever more slowly; after twenty minutes they grow fainter and darker too, after three
  /// quarters of an hour they have stopped, and the bed, a little quieter, carries the night.
  case windDown = "wind-down"

  /// When triggers begin to grow fainter, are 12 dB down, and have stopped, in seconds.
  public static let stages = (begins: 1200.0, faint: 1800.0, ends: 2700.0)

  /// The gain of a layer at a time of the mix; it never grows.
  /// - Parameter isBed: whether it goes on all night.
  package func gain(at seconds: Double, isBed: Bool) -> Double {
    guard self == .windDown else { return 1 }
    let (begins, faint, ends) = Self.stages
    if isBed {
      let night = max(0, seconds - ends) / 3600
      return Maths.amplitude(
        dB: -1.5 * Curves.step((seconds - begins) / (ends - begins)) - 0.2 * min(12, night))
    }
    guard seconds < ends else { return 0 }
    let down = Maths.amplitude(dB: -12 * Curves.step((seconds - begins) / (faint - begins)))
    return down * (1 - Curves.step((seconds - faint) / (ends - faint)))
  }

  /// How much is taken off a trigger's highs at a time of the mix: 0 nothing, 1 what a scarf takes.
  func darkness(at seconds: Double) -> Double {
    guard self == .windDown else { return 0 }
    return Curves.step(seconds / Self.stages.faint)
  }

  /// How fast triggers come.
  package var tempo: Tempo {
    self == .windDown ? Tempo(slowest: 0.6, reachedSeconds: Self.stages.ends) : .even
  }
}

/// A pace that slackens evenly from 1 to its slowest, and stays there.
package struct Tempo: Sendable {
  /// As it was set.
  static let even = Tempo(slowest: 1, reachedSeconds: 1)

  /// The last pace, 0 ... 1 of the first.
  let slowest: Double
  /// When it is reached.
  let reachedSeconds: Double

  /// The pace at a time.
  package func pace(at seconds: Double) -> Double {
    1 - (1 - slowest) * max(0, min(1, seconds / reachedSeconds))
  }

  /// What a clock that runs at this pace shows at a time.
  package func clock(at seconds: Double) -> Double {
    let slackening = max(0, min(seconds, reachedSeconds))
    let lost = (1 - slowest) * slackening * slackening / (2 * reachedSeconds)
    return seconds - lost - (1 - slowest) * max(0, seconds - reachedSeconds)
  }

  /// The time at which that clock shows so much.
  package func seconds(at clock: Double) -> Double {
    if clock <= 0 || slowest == 1 { return clock }
    let reached = self.clock(at: reachedSeconds)
    guard clock < reached else { return reachedSeconds + (clock - reached) / slowest }
    let a = (1 - slowest) / (2 * reachedSeconds)
    // The smaller root of a·t² - t + clock, in the form that loses nothing where a is small.
    return 2 * clock / (1 + (1 - 4 * a * clock).squareRoot())
  }
}
