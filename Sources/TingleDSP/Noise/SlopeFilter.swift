/// A spectral slope filter: it turns white noise into brown (-6 dB/oct), pink (-3 dB/oct) or violet
/// (+6 dB/oct) noise, or any slope between.
///
/// Eight one-pole low-passes in parallel -> weighted sum. Their cutoffs are spaced evenly in octaves from 8
/// Hz to 15 kHz. The weights are fitted so that the sum has the target gain at every cutoff. Pink noise is
/// then within a third of a decibel from 30 Hz to 16 kHz, at sample rates from 44.1 to 96 kHz.
///
/// Low-passes can only fall. Above -1 dB/oct the highest of them is replaced by a plain gain, and a rising
/// slope first takes the difference of neighbouring samples (+6 dB/oct).
public struct SlopeFilter: Sendable {
  /// The poles and weights for one slope and sample rate: computed once, shared by all voices.
  public struct Shape: Sendable {
    let pole: SIMD8<Float>
    let weight: SIMD8<Float>
    /// 1 if the filter takes the difference of neighbouring samples, otherwise 0.
    let difference: Float

    /// Fits the weights.
    /// - Parameters:
    ///   - slopeDBPerOctave: the slope, -6 (brown) ... 6 (violet); -3 is pink.
    ///   - trebleCutDB: the attenuation above 2 kHz, in addition to the slope; 0 or more.
    ///   - sampleRate: the sample rate in hertz.
    public init(slopeDBPerOctave: Double, trebleCutDB: Double = 0, sampleRate: Double) {
      let lowestHz = 8.0
      let highestHz = 15_000.0
      let corners = (0..<8).map { lowestHz * Maths.pow(highestHz / lowestHz, Double($0) / 7) }
      var poles = corners.map { Maths.exp(-2 * .pi * $0 / sampleRate) }
      if slopeDBPerOctave > -1 { poles[7] = 0 }
      let rises = slopeDBPerOctave > 0
      // A gain that halves per octave falls by 6.02 dB per octave.
      let shelf = Maths.amplitude(dB: -2 * trebleCutDB)
      let target = corners.map { hz in
        let bend = hz / 2000 * hz / 2000
        let gain =
          Maths.pow(hz / 1000, slopeDBPerOctave / 6.0206)
          * ((1 + bend * shelf.squareRoot()) / (1 + bend)).squareRoot()
        return rises ? gain / Self.difference(turns: hz / sampleRate) : gain
      }
      var weights = target
      for _ in 0..<40 {
        let current = corners.map { Self.response(at: $0 / sampleRate, poles: poles, weights: weights) }
        for k in 0..<8 { weights[k] *= Maths.pow(target[k] / current[k], 0.7) }
      }
      var pole = SIMD8<Float>.zero
      var weight = SIMD8<Float>.zero
      // The impulse response Σ w pⁿ has the energy ΣΣ wᵢwⱼ / (1 - pᵢpⱼ): scale it to 1. Its difference has
      // twice the energy minus twice the product of neighbours, ΣΣ wᵢwⱼ pⱼ / (1 - pᵢpⱼ).
      var energy = 0.0
      let gains = (0..<8).map { weights[$0] * (1 - poles[$0]) }
      for i in 0..<8 {
        for j in 0..<8 {
          let product = gains[i] * gains[j] / (1 - poles[i] * poles[j])
          energy += rises ? 2 * product * (1 - poles[j]) : product
        }
      }
      for k in 0..<8 {
        pole[k] = Float(poles[k])
        weight[k] = Float(gains[k] / energy.squareRoot())
      }
      self.pole = pole
      self.weight = weight
      difference = rises ? 1 : 0
    }

    /// The gain (amplitude ratio) at a frequency.
    public func gain(atHz hz: Double, sampleRate: Double) -> Double {
      let gain = Self.response(
        at: hz / sampleRate, poles: (0..<8).map { Double(pole[$0]) },
        weights: (0..<8).map { Double(weight[$0]) / (1 - Double(pole[$0])) })
      return difference == 0 ? gain : gain * Self.difference(turns: hz / sampleRate)
    }

    /// The gain of the difference of neighbouring samples.
    private static func difference(turns: Double) -> Double { 2 * Maths.sinCos(turns: turns / 2).sin }

    private static func response(at turns: Double, poles: [Double], weights: [Double]) -> Double {
      let (s, c) = Maths.sinCos(turns: turns)
      var re = 0.0
      var im = 0.0
      for (p, w) in zip(poles, weights) {
        let x = 1 - p * c
        let y = p * s
        let scale = w * (1 - p) / (x * x + y * y)
        re += scale * x
        im -= scale * y
      }
      return (re * re + im * im).squareRoot()
    }
  }

  private let shape: Shape
  private var state = SIMD8<Float>.zero
  private var last: Float = 0

  /// Creates a filter at rest. Its output has an RMS of 1 after about a quarter of a second, when the lowest
  /// low-pass has settled.
  public init(_ shape: Shape) { self.shape = shape }

  /// Filters one sample of white noise.
  @inline(__always) public mutating func process(_ white: Float) -> Float { step(white).laneSum }

  /// Filters one sample; the lanes are the eight parts of the output, not yet summed.
  @inline(__always) mutating func step(_ white: Float) -> SIMD8<Float> {
    state = shape.pole * state + shape.weight * (white - shape.difference * last)
    last = white
    return state
  }
}
