/// The five coefficients of a biquad, normalised to a0 = 1.
///
/// R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients". The low-pass follows M.
/// Vicanek, "Matched second order digital filters" (2016), section 4: it keeps its analogue response up to
/// half the sample rate, so it sounds the same at every sample rate.
public struct BiquadCoefficients: Sendable, Equatable {
  let b0, b1, b2, a1, a2: Float

  init(b0: Double, b1: Double, b2: Double, a0: Double, a1: Double, a2: Double) {
    self.b0 = Float(b0 / a0)
    self.b1 = Float(b1 / a0)
    self.b2 = Float(b2 / a0)
    self.a1 = Float(a1 / a0)
    self.a2 = Float(a2 / a0)
  }

  /// Passes the input unchanged.
  static var identity: Self { Self(b0: 1, b1: 0, b2: 0, a0: 1, a1: 0, a2: 0) }

  /// A low-pass, 12 dB per octave. A `q` of 0.7071 gives a Butterworth response.
  public static func lowPass(cutoffHz: Double, q: Double, sampleRate: Double) -> Self {
    let cutoff = min(cutoffHz, 0.49 * sampleRate) / sampleRate
    let damping = 1 / (2 * q)
    let radius = Maths.exp(-2 * .pi * cutoff * damping)
    let a1: Double
    if damping <= 1 {
      a1 = -2 * radius * Maths.sinCos(turns: cutoff * (1 - damping * damping).squareRoot()).cos
    } else {
      let spread = Maths.exp(2 * .pi * cutoff * (damping * damping - 1).squareRoot())
      a1 = -radius * (spread + 1 / spread)
    }
    let a2 = radius * radius
    // The gains at 0 Hz and at half the sample rate are those of the analogue filter.
    let f2 = 4 * cutoff * cutoff
    let lowest = 1 + a1 + a2
    let highest = (1 - a1 + a2) * f2 / ((1 - f2) * (1 - f2) + f2 / (q * q)).squareRoot()
    let b0 = (lowest + highest) / 2
    return Self(b0: b0, b1: lowest - b0, b2: 0, a0: 1, a1: a1, a2: a2)
  }

  /// A high-pass, 12 dB per octave. A `q` of 0.7071 gives a Butterworth response.
  public static func highPass(cutoffHz: Double, q: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(cutoffHz, q, sampleRate)
    return Self(
      b0: (1 + c) / 2, b1: -(1 + c), b2: (1 + c) / 2, a0: 1 + alpha, a1: -2 * c, a2: 1 - alpha)
  }

  /// A band-pass with a gain of 1 at its centre, 6 dB per octave on each side.
  static func bandPass(centreHz: Double, q: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(centreHz, q, sampleRate)
    return Self(b0: alpha, b1: 0, b2: -alpha, a0: 1 + alpha, a1: -2 * c, a2: 1 - alpha)
  }

  /// A high shelf: a gain of `gainDB` above `cornerHz`, 0 dB below.
  public static func highShelf(cornerHz: Double, gainDB: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(cornerHz, 0.7071, sampleRate)
    let a = Maths.amplitude(dB: gainDB / 2)
    let root = 2 * a.squareRoot() * alpha
    return Self(
      b0: a * ((a + 1) + (a - 1) * c + root), b1: -2 * a * ((a - 1) + (a + 1) * c),
      b2: a * ((a + 1) + (a - 1) * c - root), a0: (a + 1) - (a - 1) * c + root,
      a1: 2 * ((a - 1) - (a + 1) * c), a2: (a + 1) - (a - 1) * c - root)
  }

  /// A peak or a dip: a gain of `gainDB` at the centre, 0 dB far from it.
  public static func peak(centreHz: Double, gainDB: Double, q: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(centreHz, q, sampleRate)
    let a = Maths.amplitude(dB: gainDB / 2)
    return Self(
      b0: 1 + alpha * a, b1: -2 * c, b2: 1 - alpha * a, a0: 1 + alpha / a, a1: -2 * c, a2: 1 - alpha / a)
  }

  private static func angle(_ hz: Double, _ q: Double, _ rate: Double) -> (c: Double, alpha: Double) {
    let (s, c) = Maths.sinCos(turns: min(hz, 0.49 * rate) / rate)
    return (c, s / (2 * q))
  }

  /// The power gain (squared magnitude) at a frequency in cycles per sample.
  public func power(turns: Double) -> Double {
    let (s1, c1) = Maths.sinCos(turns: turns)
    let (s2, c2) = Maths.sinCos(turns: 2 * turns)
    func squared(_ k0: Double, _ k1: Double, _ k2: Double) -> Double {
      let re = k0 + k1 * c1 + k2 * c2
      let im = k1 * s1 + k2 * s2
      return re * re + im * im
    }
    return squared(Double(b0), Double(b1), Double(b2)) / squared(1, Double(a1), Double(a2))
  }

  /// The share of the power of white noise that two filters in series pass, as a sum over an even frequency
  /// grid.
  /// - Parameter steps: the number of grid points; a narrow band at low frequencies needs many.
  static func noisePower(_ one: Self, _ other: Self, steps: Int = 128) -> Double {
    var power = 0.0
    for k in 0..<steps {
      let turns = (Double(k) + 0.5) / Double(2 * steps)
      power += one.power(turns: turns) * other.power(turns: turns)
    }
    return power / Double(steps)
  }
}
