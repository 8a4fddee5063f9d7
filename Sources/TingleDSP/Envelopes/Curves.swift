/// Envelope and movement curves over a normalised time from 0 to 1.
public enum Curves {
  /// A raised-cosine (Hann) bell: 1 at `t` = 0.5, 0 for `t` ≤ 0 and `t` ≥ 1.
  public static func bell(_ t: Double) -> Double {
    t <= 0 || t >= 1 ? 0 : 0.5 - 0.5 * Maths.sinCos(turns: t).cos
  }

  /// A raised-cosine step: 0 for `t` ≤ 0, 1 for `t` ≥ 1.
  public static func step(_ t: Double) -> Double {
    t <= 0 ? 0 : t >= 1 ? 1 : 0.5 - 0.5 * Maths.sinCos(turns: t / 2).cos
  }

  /// The speed of a minimum-jerk hand movement from rest to rest, relative to its peak; 0 outside 0 ... 1.
  ///
  /// T. Flash and N. Hogan, "The coordination of arm movements", J. Neurosci. 5 (1985) 1688:
  /// v = 30 τ²(1-τ)², with a maximum of 1.875.
  public static func minimumJerkSpeed(_ t: Double) -> Double {
    t <= 0 || t >= 1 ? 0 : 30 * t * t * (1 - t) * (1 - t) / 1.875
  }

  /// The two gains of an equal-power crossfade, with `fadeIn`² + `fadeOut`² = 1; `t` is clamped to 0 ... 1.
  public static func equalPower(_ t: Double) -> (fadeIn: Double, fadeOut: Double) {
    let (s, c) = Maths.sinCos(turns: min(1, max(0, t)) / 4)
    return (s, c)
  }

  /// The gain of a section of a continuous sound that fades in at its start and, after its span, into the
  /// next section.
  /// - Parameter seconds: the time since the start of the section.
  static func crossfade(at seconds: Double, spanSeconds: Double, fadeSeconds: Double) -> Double {
    equalPower(seconds / fadeSeconds).fadeIn * equalPower((seconds - spanSeconds) / fadeSeconds).fadeOut
  }
}
