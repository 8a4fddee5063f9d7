/// White noise between two edges, 12 dB per octave on either side, with an RMS of 1.
public struct BandNoise: Sendable {
  private var source: WhiteNoise
  private var highPass: Biquad<Float>
  private var lowPass: Biquad<Float>
  private let gain: Float

  /// - Parameters:
  ///   - lowHz: the lower edge (-3 dB).
  ///   - highHz: the upper edge; held under 0.47 of the sample rate.
  public init(lowHz: Double, highHz: Double, draws: Draws, sampleRate: Double) {
    source = WhiteNoise(draws)
    let upper = min(highHz, 0.47 * sampleRate)
    highPass = Biquad(.highPass(cutoffHz: min(lowHz, 0.9 * upper), q: 0.7071, sampleRate: sampleRate))
    lowPass = Biquad(.lowPass(cutoffHz: upper, q: 0.7071, sampleRate: sampleRate))
    // The share of white noise's power that gets through, by a sum over an even frequency grid.
    let steps = 128
    var power = 0.0
    for k in 0..<steps {
      let turns = (Double(k) + 0.5) / Double(2 * steps)
      power += highPass.coefficients.power(turns: turns) * lowPass.coefficients.power(turns: turns)
    }
    gain = Float(1 / (power / Double(steps)).squareRoot())
  }

  /// The same band, at rest, of another noise: cheaper than finding the band's gain again.
  public func withDraws(_ draws: Draws) -> BandNoise {
    var copy = self
    copy.source = WhiteNoise(draws)
    return copy
  }

  /// The next sample.
  @inline(__always) public mutating func next() -> Float {
    gain * lowPass.process(highPass.process(source.next()))
  }
}
