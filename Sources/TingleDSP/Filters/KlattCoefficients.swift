/// The coefficients of a Klatt resonator, a two-pole filter with unity gain at 0 Hz.
///
/// y[n] = A x[n] + B y[n-1] + C y[n-2] models one resonance of the vocal tract. D. H. Klatt, "Software for a
/// cascade/parallel formant synthesizer", JASA 67 (1980) 971, equations 1-2.
package struct KlattCoefficients: Sendable {
  package let a, b, c: Float

  /// - Parameters:
  ///   - frequencyHz: the frequency of the resonance.
  ///   - bandwidthHz: its -3 dB bandwidth.
  package init(frequencyHz: Double, bandwidthHz: Double, sampleRate: Double) {
    let radius = Maths.exp(-.pi * bandwidthHz / sampleRate)
    let c = -radius * radius
    let b = 2 * radius * Maths.sinCos(turns: frequencyHz / sampleRate).cos
    self.a = Float(1 - b - c)
    self.b = Float(b)
    self.c = Float(c)
  }
}
