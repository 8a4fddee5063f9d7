/// A state-variable filter: low-pass, band-pass and high-pass outputs, 12 dB per octave. The cutoff can
/// change at every sample.
///
/// Topology-preserving transform after V. Zavalishin, "The Art of VA Filter Design" (2018), chapter 4, in
/// A. Simper's form, "Solving the continuous SVF equations using trapezoidal integration" (2013).
public struct StateVariable<Sample: AudioSample>: Sendable {
  /// The three outputs for one sample.
  public struct Output: Sendable {
    /// `band` has unity gain at the centre.
    public let low, band, high: Sample
  }

  private var a1: Float = 0
  private var a2: Float = 0
  private var a3: Float = 0
  private var k: Float = 1
  private var ic1 = Sample.zero
  private var ic2 = Sample.zero

  /// Creates a filter at rest.
  public init(cutoffHz: Double, q: Double, sampleRate: Double) {
    tune(cutoffHz: cutoffHz, q: q, sampleRate: sampleRate)
  }

  /// Changes the cutoff and keeps the state.
  public mutating func tune(cutoffHz: Double, q: Double, sampleRate: Double) {
    let g = Maths.tan(turns: min(cutoffHz, 0.49 * sampleRate) / sampleRate / 2)
    let damping = 1 / q
    k = Float(damping)
    a1 = Float(1 / (1 + g * (g + damping)))
    a2 = Float(g / (1 + g * (g + damping)))
    a3 = Float(g * g / (1 + g * (g + damping)))
  }

  /// Filters one sample.
  @inline(__always) public mutating func process(_ x: Sample) -> Output {
    let v3 = x - ic2
    let v1 = a1 * ic1 + a2 * v3
    let v2 = ic2 + a2 * ic1 + a3 * v3
    ic1 = 2 * v1 - ic1
    ic2 = 2 * v2 - ic2
    return Output(low: v2, band: k * v1, high: x - k * v1 - v2)
  }
}
