/// Frication noise, stereo: white noise -> up to four parallel band-passes -> third-order high-pass.
///
/// The parallel branch of a Klatt synthesizer: the turbulence noise of a constriction, of a plosive burst or
/// of an audible breath.
struct FricationNoise: Sendable {
  /// The place of articulation of the noise.
  enum Source: Int, CaseIterable, Sendable {
    case labial, dental, alveolar, postalveolar, palatal, velar
    case labialBurst, alveolarBurst, velarBurstBack, velarBurstMid, velarBurstFront
    case inhale, inhaleNose, inhaleTeeth, exhale
  }

  /// The filter coefficients of a source: one band-pass per lane, and the high-pass. They give an output RMS
  /// of 1 for white noise with an RMS of 1.
  struct Coefficients: Sendable {
    /// The numerator gains, for 1 - z⁻², and the feedback coefficients of the band-passes.
    let gain: SIMD4<Float>
    let a1: SIMD4<Float>
    let a2: SIMD4<Float>
    /// The third-order high-pass: a second-order section with Q = 1 and a first-order section.
    let highPass: BiquadCoefficients
    let lowCut: OnePole<SIMD2<Float>>

    /// - Parameter scale: a factor on the centre frequencies and bandwidths.
    init(_ source: Source, scale: Double = 1, sampleRate: Double) {
      let spectrum = source.spectrum
      var gain = SIMD4<Double>.zero
      var a1 = SIMD4<Double>.zero
      var a2 = SIMD4<Double>.zero
      for k in 0..<4 where spectrum.resonances[k].hz > 0 {
        var resonance = spectrum.resonances[k]
        resonance.hz *= scale
        resonance.bandwidthHz *= scale
        let hz = min(resonance.hz, 0.45 * sampleRate)
        let radius = Maths.exp(-.pi * resonance.bandwidthHz / sampleRate)
        a1[k] = 2 * radius * Maths.sinCos(turns: hz / sampleRate).cos
        a2[k] = -radius * radius
        // Two poles with zeros at 0 Hz and at half the sample rate have a peak gain of about 2/(1 - r²) and a
        // noise bandwidth of π/2 times their bandwidth. Dividing by both makes the level of a resonance the
        // level of its noise, for any bandwidth.
        let share = (.pi * resonance.bandwidthHz / sampleRate).squareRoot()
        gain[k] = Maths.amplitude(dB: resonance.dB) * (1 - radius * radius) / (2 * share)
      }
      let cut = scale * spectrum.lowCutHz
      highPass = .highPass(cutoffHz: cut, q: 1, sampleRate: sampleRate)
      lowCut = OnePole(cutoffHz: cut, sampleRate: sampleRate)
      let power = Self.noisePower(gain, a1, a2, highPass, cut, sampleRate)
      self.gain = SIMD4<Float>(gain / power.squareRoot())
      self.a1 = SIMD4<Float>(a1)
      self.a2 = SIMD4<Float>(a2)
    }

    /// The power gain for white noise: the mean of the squared magnitude response over frequency.
    private static func noisePower(
      _ gain: SIMD4<Double>, _ a1: SIMD4<Double>, _ a2: SIMD4<Double>, _ highPass: BiquadCoefficients,
      _ lowCutHz: Double, _ sampleRate: Double
    ) -> Double {
      let steps = 192
      var sum = 0.0
      for n in 0..<steps {
        let turns = (Double(n) + 0.5) / Double(2 * steps)
        let (s1, c1) = Maths.sinCos(turns: turns)
        let (s2, c2) = Maths.sinCos(turns: 2 * turns)
        var re = 0.0
        var im = 0.0
        for k in 0..<4 {
          let (dr, di) = (1 - a1[k] * c1 - a2[k] * c2, a1[k] * s1 + a2[k] * s2)
          let (nr, ni) = (1 - c2, s2)
          let size = dr * dr + di * di
          re += gain[k] * (nr * dr + ni * di) / size
          im += gain[k] * (ni * dr - nr * di) / size
        }
        let ratio = Maths.tan(turns: turns / 2) / Maths.tan(turns: lowCutHz / sampleRate / 2)
        sum += (re * re + im * im) * highPass.power(turns: turns) * ratio * ratio / (1 + ratio * ratio)
      }
      return sum / Double(steps)
    }
  }

  private var gain: SIMD4<Float>
  private var a1: SIMD4<Float>
  private var a2: SIMD4<Float>
  private var left = (y1: SIMD4<Float>.zero, y2: SIMD4<Float>.zero)
  private var right = (y1: SIMD4<Float>.zero, y2: SIMD4<Float>.zero)
  private var x1 = SIMD2<Float>.zero
  private var x2 = SIMD2<Float>.zero
  private var highPass: Biquad<SIMD2<Float>>
  private var lowCut: OnePole<SIMD2<Float>>

  /// Filters with a cleared state.
  init(_ coefficients: Coefficients) {
    (gain, a1, a2) = (coefficients.gain, coefficients.a1, coefficients.a2)
    highPass = Biquad(coefficients.highPass)
    lowCut = coefficients.lowCut
  }

  /// Filters one stereo frame of white noise.
  @inline(__always) mutating func process(_ white: SIMD2<Float>) -> SIMD2<Float> {
    let drive = white - x2
    x2 = x1
    x1 = white
    let l = gain * drive.x + a1 * left.y1 + a2 * left.y2
    let r = gain * drive.y + a1 * right.y1 + a2 * right.y2
    left = (l, left.y1)
    right = (r, right.y1)
    return lowCut.highPass(highPass.process(SIMD2(l.sum(), r.sum())))
  }
}

extension FricationNoise.Source {
  typealias Resonance = (hz: Double, bandwidthHz: Double, dB: Double)

  /// The resonances (centre frequency, bandwidth, relative level) and the cutoff of the high-pass.
  var spectrum: (resonances: InlineArray<4, Resonance>, lowCutHz: Double) {
    let none: Resonance = (0, 0, 0)
    switch self {
    case .labial: return ([(1240, 1500, -12), (4000, 5000, -5), (8400, 5000, -2), none], 930)
    case .dental: return ([(1660, 1200, -16), (6000, 4500, -3), (9300, 4500, -3), none], 1080)
    case .alveolar: return ([(6500, 1400, 0), (9000, 2500, -4), (11000, 3000, -13), (4600, 800, -8)], 3000)
    case .postalveolar:
      return ([(3000, 600, 0), (4450, 1100, -3.5), (6400, 2200, -10), (8900, 4000, -19)], 1550)
    case .palatal: return ([(3375, 750, 0), (5000, 1400, -3), (7250, 2700, -9), (9500, 4500, -16)], 2100)
    case .velar: return ([(1600, 900, 0), (3100, 1400, -10), (4800, 2500, -17), none], 900)
    case .labialBurst: return ([(780, 1400, 0), (1740, 3000, -6), (4350, 6000, -14), none], 460)
    case .alveolarBurst: return ([(4400, 1600, 0), (6650, 3500, -3), (3080, 1200, -9), none], 3050)
    case .velarBurstBack: return ([(1460, 500, 0), (5600, 2500, -12), none, none], 680)
    case .velarBurstMid: return ([(1800, 500, 0), (4950, 2500, -12), none, none], 890)
    case .velarBurstFront: return ([(1870, 500, 0), (3800, 2500, -12), none, none], 740)
    case .inhale: return ([(650, 500, 0), (1750, 700, 3), (2900, 900, -4), (4600, 2200, -11)], 300)
    case .inhaleNose: return ([(420, 350, 0), (1050, 500, -5), (2300, 900, -9), (5200, 3000, -17)], 250)
    case .inhaleTeeth: return ([(1300, 800, -2), (2900, 1100, 0), (4900, 1900, -5), (7400, 3200, -11)], 600)
    case .exhale: return ([(480, 600, 0), (1250, 800, -3), (2400, 1100, -9), (4000, 1500, -18)], 200)
    }
  }
}
