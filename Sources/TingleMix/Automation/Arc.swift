import TingleDSP

/// The course of a mix over the whole track: automation of gain, high damping and tempo.
public enum Arc: String, Sendable, CaseIterable {
  /// No change over time.
  case steady
  /// For falling asleep. Triggers slow down from the start and gradually lose treble; after 20 minutes they
  /// also fade, and they have stopped after 45 minutes. The bed stays on for the whole night, a little
  /// quieter.
  case windDown = "wind-down"

  /// The times in seconds at which triggers start to fade, are 12 dB down, and have stopped.
  public static let stages = (begins: 1200.0, faint: 1800.0, ends: 2700.0)

  /// The gain of a layer at a time of the mix; it never increases with time.
  package func gain(at seconds: Double, isBed: Bool) -> Double {
    guard self == .windDown else { return 1 }
    let (begins, faint, ends) = Self.stages
    if isBed {
      let hours = max(0, seconds - ends) / 3600
      return Maths.amplitude(
        dB: -1.5 * Curves.step((seconds - begins) / (ends - begins)) - 0.2 * min(12, hours))
    }
    guard seconds < ends else { return 0 }
    let gain = Maths.amplitude(dB: -12 * Curves.step((seconds - begins) / (faint - begins)))
    return gain * (1 - Curves.step((seconds - faint) / (ends - faint)))
  }

  /// The amount of high damping on triggers at a time of the mix: 0 for none, 1 for the full low-pass.
  func highDamping(at seconds: Double) -> Double {
    guard self == .windDown else { return 0 }
    return Curves.step(seconds / Self.stages.faint)
  }

  /// The tempo at which triggers start their voices.
  package var tempo: Tempo {
    self == .windDown ? Tempo(slowest: 0.6, reachedSeconds: Self.stages.ends) : .even
  }
}
