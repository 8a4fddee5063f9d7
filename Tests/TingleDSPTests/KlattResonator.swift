import TingleDSP

/// A single Klatt resonator, as a reference for `ResonatorCascade`.
struct KlattResonator {
  private let coefficients: KlattCoefficients
  private var y1: Float = 0
  private var y2: Float = 0

  init(frequencyHz: Double, bandwidthHz: Double, sampleRate: Double) {
    coefficients = KlattCoefficients(
      frequencyHz: frequencyHz, bandwidthHz: bandwidthHz, sampleRate: sampleRate)
  }

  mutating func process(_ x: Float) -> Float {
    let y = coefficients.a * x + coefficients.b * y1 + coefficients.c * y2
    (y2, y1) = (y1, y)
    return y
  }
}
