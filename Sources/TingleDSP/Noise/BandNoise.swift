/// White noise between two edges, 12 dB per octave on either side, with an RMS of 1.
///
/// The high-pass and the low-pass work side by side, the second on what the first gave one sample earlier: in
/// series each would wait for the other.
public struct BandNoise: Sendable {
  private var source: WhiteNoise
  // Lanes: the high-pass, the low-pass. Transposed direct form II.
  private let b0, b1, b2, a1, a2: SIMD2<Float>
  private var s1 = SIMD2<Float>.zero
  private var s2 = SIMD2<Float>.zero
  private var passed: Float = 0

  /// - Parameters:
  ///   - lowHz: the lower edge (-3 dB).
  ///   - highHz: the upper edge; held under 0.47 of the sample rate.
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

  /// The same band, at rest, of another noise: cheaper than finding the band's gain again.
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
