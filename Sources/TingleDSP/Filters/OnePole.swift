/// A first-order zero-delay-feedback filter: low-pass or high-pass, 6 dB per octave.
///
/// V. Zavalishin, "The Art of VA Filter Design" (2018), section 3.10: topology-preserving transform, stable
/// at any cutoff.
public struct OnePole<Sample: AudioSample>: Sendable {
  private let gain: Float
  private let decay: Float
  private var state = Sample.zero

  /// - Parameter cutoffHz: the -3 dB frequency, limited to 0.49 of the sample rate.
  public init(cutoffHz: Double, sampleRate: Double) {
    gain = Self.gain(cutoffHz: cutoffHz, sampleRate: sampleRate)
    decay = 1 - 2 * gain
  }

  /// The gain of the integrator, for filters of another form.
  static func gain(cutoffHz: Double, sampleRate: Double) -> Float {
    let g = Maths.tan(turns: min(cutoffHz, 0.49 * sampleRate) / sampleRate / 2)
    return Float(g / (1 + g))
  }

  /// Filters one sample with the low-pass. Both outputs share one state: call only one of them per sample.
  @inline(__always) public mutating func lowPass(_ x: Sample) -> Sample {
    let y = gain * (x - state) + state
    state = decay * state + 2 * gain * x
    return y
  }

  /// Filters one sample with the high-pass.
  @inline(__always) public mutating func highPass(_ x: Sample) -> Sample { x - lowPass(x) }
}
