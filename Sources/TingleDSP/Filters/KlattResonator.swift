/// A resonance of the vocal tract: two poles, unity gain at 0 Hz.
///
/// D. H. Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67 (1980) 971, equations 1-2.
public struct KlattResonator: Sendable {
  private var a: Float = 1
  private var b: Float = 0
  private var c: Float = 0
  private var y1: Float = 0
  private var y2: Float = 0

  /// A resonator at rest.
  public init(frequencyHz: Double, bandwidthHz: Double, sampleRate: Double) {
    tune(frequencyHz: frequencyHz, bandwidthHz: bandwidthHz, sampleRate: sampleRate)
  }

  /// Moves the resonance; what rings goes on ringing.
  public mutating func tune(frequencyHz: Double, bandwidthHz: Double, sampleRate: Double) {
    (a, b, c) = Self.coefficients(
      frequencyHz: frequencyHz, bandwidthHz: bandwidthHz, sampleRate: sampleRate)
  }

  /// The next sample.
  @inline(__always) public mutating func process(_ x: Float) -> Float {
    let y = a * x + b * y1 + c * y2
    y2 = y1
    y1 = y
    return y
  }

  /// Klatt's A, B and C: y[n] = A x[n] + B y[n-1] + C y[n-2].
  static func coefficients(
    frequencyHz: Double, bandwidthHz: Double, sampleRate: Double
  ) -> (a: Float, b: Float, c: Float) {
    let radius = Maths.exp(-.pi * bandwidthHz / sampleRate)
    let c = -radius * radius
    let b = 2 * radius * Maths.sinCos(turns: frequencyHz / sampleRate).cos
    return (Float(1 - b - c), Float(b), Float(c))
  }
}
