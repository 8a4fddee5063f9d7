/// Shapes of a movement over a normalised time from 0 to 1; 0 outside it.
public enum Curves {
  /// A raised-cosine bell: 0 at both ends, 1 in the middle.
  public static func bell(_ t: Double) -> Double {
    t <= 0 || t >= 1 ? 0 : 0.5 - 0.5 * Maths.sinCos(turns: t).cos
  }

  /// A raised-cosine step: 0 until 0, 1 from 1 on.
  public static func step(_ t: Double) -> Double {
    t <= 0 ? 0 : t >= 1 ? 1 : 0.5 - 0.5 * Maths.sinCos(turns: t / 2).cos
  }

  /// The speed of a hand moving from rest to rest as smoothly as it can, 1 at its fastest.
  ///
  /// T. Flash and N. Hogan, "The coordination of arm movements", J. Neurosci. 5 (1985) 1688: minimum jerk
  /// gives v = 30 τ²(1-τ)², at most 1.875.
  public static func minimumJerkSpeed(_ t: Double) -> Double {
    t <= 0 || t >= 1 ? 0 : 30 * t * t * (1 - t) * (1 - t) / 1.875
  }

  /// The two halves of an equal-power crossfade: `fadeIn`² + `fadeOut`² = 1.
  public static func equalPower(_ t: Double) -> (fadeIn: Double, fadeOut: Double) {
    let (s, c) = Maths.sinCos(turns: min(1, max(0, t)) / 4)
    return (s, c)
  }
}
