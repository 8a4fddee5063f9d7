/// A first-order filter by topology-preserving transform: low-pass and high-pass from one state.
///
/// V. Zavalishin, "The Art of VA Filter Design" (2018), section 3.10. Stable and exact at any cutoff, also
/// while the cutoff moves.
public struct OnePole<Sample: AudioSample>: Sendable {
  private var gain: Float
  private var state = Sample.zero

  /// - Parameter cutoffHz: the -3 dB frequency; held under 0.49 of the sample rate.
  public init(cutoffHz: Double, sampleRate: Double) {
    let g = Maths.tan(turns: min(cutoffHz, 0.49 * sampleRate) / sampleRate / 2)
    gain = Float(g / (1 + g))
  }

  /// What is below the cutoff.
  @inline(__always) public mutating func lowPass(_ x: Sample) -> Sample {
    let v = gain * (x - state)
    let y = v + state
    state = y + v
    return y
  }

  /// What is above the cutoff.
  @inline(__always) public mutating func highPass(_ x: Sample) -> Sample { x - lowPass(x) }
}

/// Takes out what does not swing: a first-order high-pass at 10 Hz.
public struct DCBlocker<Sample: AudioSample>: Sendable {
  private var filter: OnePole<Sample>

  /// A blocker at rest.
  public init(sampleRate: Double) { filter = OnePole(cutoffHz: 10, sampleRate: sampleRate) }

  /// The next sample.
  @inline(__always) public mutating func process(_ x: Sample) -> Sample { filter.highPass(x) }
}
