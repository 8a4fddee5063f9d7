/// Four independent noise bands, each with an RMS of 1: white noise -> high-pass -> low-pass, 12 dB per
/// octave each.
///
/// Every band has a noise of its own. Bands cut from one noise would cancel where they meet, because the
/// phases of their filters are opposite there.
public struct FourBands: Sendable {
  private var source: WhiteNoise
  // Lanes: four high-passes, then four low-passes that take the outputs of the high-passes from the previous
  // sample. Direct form I.
  private var b0 = SIMD8<Float>.zero
  private var b1 = SIMD8<Float>.zero
  private var b2 = SIMD8<Float>.zero
  private var a1 = SIMD8<Float>.zero
  private var a2 = SIMD8<Float>.zero
  private var x1 = SIMD8<Float>.zero
  private var x2 = SIMD8<Float>.zero
  private var y1 = SIMD8<Float>.zero
  private var y2 = SIMD8<Float>.zero

  /// - Parameters:
  ///   - edgesHz: the lower and the upper edge (-3 dB) of each band, limited to 0.47 of the sample rate.
  public init(
    edgesHz: (ClosedRange<Double>, ClosedRange<Double>, ClosedRange<Double>, ClosedRange<Double>),
    draws: Draws, sampleRate: Double
  ) {
    source = WhiteNoise(draws)
    set(0, edgesHz.0, sampleRate)
    set(1, edgesHz.1, sampleRate)
    set(2, edgesHz.2, sampleRate)
    set(3, edgesHz.3, sampleRate)
  }

  private mutating func set(_ band: Int, _ edgesHz: ClosedRange<Double>, _ sampleRate: Double) {
    let upper = min(edgesHz.upperBound, 0.47 * sampleRate)
    let high = BiquadCoefficients.highPass(
      cutoffHz: min(edgesHz.lowerBound, 0.9 * upper), q: 0.7071, sampleRate: sampleRate)
    let low = BiquadCoefficients.lowPass(cutoffHz: upper, q: 0.7071, sampleRate: sampleRate)
    let gain = Float(1 / BiquadCoefficients.noisePower(high, low, steps: 2048).squareRoot())
    for (lane, filter, scale) in [(band, high, gain), (band + 4, low, 1)] {
      b0[lane] = scale * filter.b0
      b1[lane] = scale * filter.b1
      b2[lane] = scale * filter.b2
      a1[lane] = filter.a1
      a2[lane] = filter.a2
    }
  }

  /// Creates the same bands, at rest, with another random stream.
  public func withDraws(_ draws: Draws) -> FourBands {
    var copy = self
    copy.source = WhiteNoise(draws)
    return copy
  }

  /// The next sample of each band.
  @inline(__always) public mutating func next() -> SIMD4<Float> {
    let x = SIMD8(lowHalf: source.nextQuad(), highHalf: y1.lowHalf)
    let y = (b0 * x + (b1 * x1 + b2 * x2) - a2 * y2) - a1 * y1
    (x2, x1, y2, y1) = (x1, x, y1, y)
    return y.highHalf
  }
}
