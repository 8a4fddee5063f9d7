/// Gives white noise a spectrum that falls by a fixed number of decibels per octave: pink (-3), brown (-6),
/// or between.
///
/// White noise feeds eight one-pole low-passes side by side, their corners spread evenly over the octaves
/// from 8 Hz to 15 kHz. Their weights are found so that the sum meets the wanted slope at every corner;
/// between 30 Hz and 16 kHz pink noise then stays within a third of a decibel at any usual sample rate.
public struct SlopeFilter: Sendable {
  /// The filter for one slope and sample rate; computed once, shared by all voices.
  public struct Shape: Sendable {
    let pole: SIMD8<Float>
    let weight: SIMD8<Float>

    /// Finds the weights.
    /// - Parameters:
    ///   - slopeDBPerOctave: from -6 (brown) to -1; -3 is pink.
    ///   - softnessDB: what is taken off above 2 kHz beside the slope, 0 or more.
    ///   - sampleRate: in hertz.
    public init(slopeDBPerOctave: Double, softnessDB: Double = 0, sampleRate: Double) {
      let lowestHz = 8.0
      let highestHz = 15_000.0
      let corners = (0..<8).map { lowestHz * Maths.pow(highestHz / lowestHz, Double($0) / 7) }
      let poles = corners.map { Maths.exp(-2 * .pi * $0 / sampleRate) }
      // An amplitude that halves per octave falls 6.02 dB.
      let shelf = Maths.amplitude(dB: -2 * softnessDB)
      let wanted = corners.map { hz in
        let bend = hz / 2000 * hz / 2000
        return Maths.pow(hz / 1000, slopeDBPerOctave / 6.0206)
          * ((1 + bend * shelf.squareRoot()) / (1 + bend)).squareRoot()
      }
      var weights = wanted
      for _ in 0..<40 {
        let heard = corners.map { Self.response(at: $0 / sampleRate, poles: poles, weights: weights) }
        for k in 0..<8 { weights[k] *= Maths.pow(wanted[k] / heard[k], 0.7) }
      }
      var pole = SIMD8<Float>.zero
      var weight = SIMD8<Float>.zero
      // The sum of decaying exponentials Σ w pⁿ has the energy ΣΣ wᵢwⱼ / (1 - pᵢpⱼ): scale to an RMS of 1.
      var energy = 0.0
      let gains = (0..<8).map { weights[$0] * (1 - poles[$0]) }
      for i in 0..<8 { for j in 0..<8 { energy += gains[i] * gains[j] / (1 - poles[i] * poles[j]) } }
      for k in 0..<8 {
        pole[k] = Float(poles[k])
        weight[k] = Float(gains[k] / energy.squareRoot())
      }
      self.pole = pole
      self.weight = weight
    }

    /// The gain at a frequency.
    public func gain(atHz hz: Double, sampleRate: Double) -> Double {
      Self.response(
        at: hz / sampleRate, poles: (0..<8).map { Double(pole[$0]) },
        weights: (0..<8).map { Double(weight[$0]) / (1 - Double(pole[$0])) })
    }

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

  /// A filter at rest; noise has an RMS of 1 once it has settled (a quarter of a second, for the lowest
  /// corner).
  public init(_ shape: Shape) { self.shape = shape }

  /// Gives the next sample of white noise its slope.
  @inline(__always) public mutating func process(_ white: Float) -> Float { step(white).laneSum }

  /// The next sample, still in its eight parts.
  @inline(__always) mutating func step(_ white: Float) -> SIMD8<Float> {
    state = shape.pole * state + shape.weight * white
    return state
  }
}
