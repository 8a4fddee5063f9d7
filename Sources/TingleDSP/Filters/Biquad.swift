/// A second-order filter in transposed direct form II.
public struct Biquad<Sample: AudioSample>: Sendable {
  /// What it does; may be exchanged between samples.
  public var coefficients: BiquadCoefficients
  private var s1 = Sample.zero
  private var s2 = Sample.zero

  /// A filter at rest.
  public init(_ coefficients: BiquadCoefficients) { self.coefficients = coefficients }

  /// The next sample.
  @inline(__always) public mutating func process(_ x: Sample) -> Sample {
    let y = coefficients.b0 * x + s1
    s1 = coefficients.b1 * x - coefficients.a1 * y + s2
    s2 = coefficients.b2 * x - coefficients.a2 * y
    return y
  }
}

extension Biquad<SIMD2<Float>> {
  /// Sets decayed state to zero before it becomes subnormal: arithmetic on subnormal numbers is some hundred times slower.
  mutating func flushToZero() {
    let threshold = SIMD2<Float>(repeating: 1e-25)
    s1.replace(with: 0, where: s1 .< threshold .& s1 .> -threshold)
    s2.replace(with: 0, where: s2 .< threshold .& s2 .> -threshold)
  }
}

/// The five coefficients of a biquad, normalised to a0 = 1.
///
/// R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"; the low-pass after M. Vicanek,
/// "Matched second order digital filters" (2016), section 4: it keeps its analogue shape up to half the sample rate, and
/// so sounds the same at every one.
public struct BiquadCoefficients: Sendable, Equatable {
  let b0, b1, b2, a1, a2: Float

  init(b0: Double, b1: Double, b2: Double, a0: Double, a1: Double, a2: Double) {
    self.b0 = Float(b0 / a0)
    self.b1 = Float(b1 / a0)
    self.b2 = Float(b2 / a0)
    self.a1 = Float(a1 / a0)
    self.a2 = Float(a2 / a0)
  }

  /// Passes what is below `cutoffHz`, 12 dB per octave; `q` 0.7071 is the flattest.
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

  /// Passes what is above `cutoffHz`, 12 dB per octave; `q` 0.7071 is the flattest.
  public static func highPass(cutoffHz: Double, q: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(cutoffHz, q, sampleRate)
    return Self(
      b0: (1 + c) / 2, b1: -(1 + c), b2: (1 + c) / 2, a0: 1 + alpha, a1: -2 * c, a2: 1 - alpha)
  }

  /// Passes what is round `centreHz`, 6 dB per octave on either side, 0 dB at the centre.
  public static func bandPass(centreHz: Double, q: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(centreHz, q, sampleRate)
    return Self(b0: alpha, b1: 0, b2: -alpha, a0: 1 + alpha, a1: -2 * c, a2: 1 - alpha)
  }

  /// Lifts or lowers what is above `cornerHz` by `gainDB`.
  public static func highShelf(cornerHz: Double, gainDB: Double, sampleRate: Double) -> Self {
    let (c, alpha) = angle(cornerHz, 0.7071, sampleRate)
    let a = Maths.amplitude(dB: gainDB / 2)
    let root = 2 * a.squareRoot() * alpha
    return Self(
      b0: a * ((a + 1) + (a - 1) * c + root), b1: -2 * a * ((a - 1) + (a + 1) * c),
      b2: a * ((a + 1) + (a - 1) * c - root), a0: (a + 1) - (a - 1) * c + root,
      a1: 2 * ((a - 1) - (a + 1) * c), a2: (a + 1) - (a - 1) * c - root)
  }

  private static func angle(_ hz: Double, _ q: Double, _ rate: Double) -> (c: Double, alpha: Double) {
    let (s, c) = Maths.sinCos(turns: min(hz, 0.49 * rate) / rate)
    return (c, s / (2 * q))
  }

  /// The squared magnitude of the response at a frequency given in turns per sample.
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

  /// The share of white noise's power that gets through two filters in series, by a sum over an even frequency grid.
  /// - Parameter steps: of the grid; a narrow band low down needs many.
  static func noisePower(_ one: Self, _ other: Self, steps: Int = 128) -> Double {
    var power = 0.0
    for k in 0..<steps {
      let turns = (Double(k) + 0.5) / Double(2 * steps)
      power += one.power(turns: turns) * other.power(turns: turns)
    }
    return power / Double(steps)
  }
}
