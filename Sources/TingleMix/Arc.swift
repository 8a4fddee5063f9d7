import TingleDSP

/// How a mix changes from its beginning to its end.
public enum Arc: String, Sendable, CaseIterable {
  /// Not at all.
  case steady
  /// For falling asleep: after twenty minutes the triggers grow fainter, after three quarters of an hour they have stopped,
  /// and the bed, a little quieter, carries the night.
  case windDown = "wind-down"

  /// When triggers begin to grow fainter, are 12 dB down, and have stopped, in seconds.
  public static let stages = (begins: 1200.0, faint: 1800.0, ends: 2700.0)

  /// The gain of a layer at a time of the mix; it never grows.
  /// - Parameter isBed: whether it goes on all night.
  func gain(at seconds: Double, isBed: Bool) -> Double {
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
}
