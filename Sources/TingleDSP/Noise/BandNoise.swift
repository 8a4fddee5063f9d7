/// Band-limited white noise with an RMS of 1: white noise -> high-pass -> low-pass, 12 dB per octave each.
///
/// The low-pass takes the output of the high-pass from the previous sample, so that both compute at the same
/// time.
public struct BandNoise: Sendable {
  private var source: WhiteNoise
  // Lanes: the high-pass, the low-pass. Transposed direct form II.
  private let b0, b1, b2, a1, a2: SIMD2<Float>
  private var s1 = SIMD2<Float>.zero
  private var s2 = SIMD2<Float>.zero
  private var passed: Float = 0

  /// - Parameters:
  ///   - lowHz: the lower band edge (-3 dB).
  ///   - highHz: the upper band edge (-3 dB), limited to 0.47 of the sample rate.
  public init(lowHz: Double, highHz: Double, draws: Draws, sampleRate: Double) {
    source = WhiteNoise(draws)
    let upper = min(highHz, 0.47 * sampleRate)
    let high = BiquadCoefficients.highPass(
      cutoffHz: min(lowHz, 0.9 * upper), q: 0.7071, sampleRate: sampleRate)
    let low = BiquadCoefficients.lowPass(cutoffHz: upper, q: 0.7071, sampleRate: sampleRate)
    let gain = Float(1 / BiquadCoefficients.noisePower(high, low).squareRoot())
    b0 = SIMD2(gain * high.b0, low.b0)
    b1 = SIMD2(gain * high.b1, low.b1)
    b2 = SIMD2(gain * high.b2, low.b2)
    a1 = SIMD2(high.a1, low.a1)
    a2 = SIMD2(high.a2, low.a2)
  }

  /// Creates the same band, at rest, with another random stream. This costs less than `init`.
  public func withDraws(_ draws: Draws) -> BandNoise {
    var copy = self
    copy.source = WhiteNoise(draws)
    return copy
  }

  /// The next sample.
  @inline(__always) public mutating func next() -> Float {
    let x = SIMD2(source.next(), passed)
    let y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    passed = y.x
    return y.y
  }
}
