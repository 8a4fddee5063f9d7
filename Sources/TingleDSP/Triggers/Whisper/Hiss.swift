/// Noise made at a constriction, or in the throat: a few resonances of it side by side, cut off sharply below.
struct Hiss: Sendable {
  /// Where it is made.
  enum Kind: Int, CaseIterable, Sendable {
    case lips, teeth, ridge, palate, palatal, velar, lipBurst, ridgeBurst, backBurst, middleBurst, frontBurst,
      inhale, exhale
  }

  /// The filters of a kind: up to four band-passes in the lanes, then a third-order high-pass.
  struct Shape: Sendable {
    /// Numerators (1 - z⁻²) and feedback of the band-passes, one to a lane.
    let gain: SIMD4<Float>
    let a1: SIMD4<Float>
    let a2: SIMD4<Float>
    let highPass: BiquadCoefficients
    let edge: OnePole<SIMD2<Float>>

    init(_ kind: Kind, sampleRate: Double) {
      let figures = kind.figures
      var gain = SIMD4<Double>.zero
      var a1 = SIMD4<Double>.zero
      var a2 = SIMD4<Double>.zero
      for k in 0..<4 where figures.poles[k].hz > 0 {
        let pole = figures.poles[k]
        let hz = min(pole.hz, 0.45 * sampleRate)
        let radius = Maths.exp(-.pi * pole.width / sampleRate)
        a1[k] = 2 * radius * Maths.sinCos(turns: hz / sampleRate).cos
        a2[k] = -radius * radius
        // Two poles and zeros at both ends have a gain of 2/(1 - r²) at the centre, nearly, and let through as much noise
        // as a band of π/2 times their width would. A resonance's level is that of its noise, however wide it is.
        let share = (.pi * pole.width / sampleRate).squareRoot()
        gain[k] = Maths.amplitude(dB: pole.dB) * (1 - radius * radius) / (2 * share)
      }
      highPass = .highPass(cutoffHz: figures.edgeHz, q: 1, sampleRate: sampleRate)
      edge = OnePole(cutoffHz: figures.edgeHz, sampleRate: sampleRate)
      let power = Self.power(gain, a1, a2, highPass, figures.edgeHz, sampleRate)
      self.gain = SIMD4<Float>(gain / power.squareRoot())
      self.a1 = SIMD4<Float>(a1)
      self.a2 = SIMD4<Float>(a2)
    }

    /// The share of white noise's power that gets through.
    private static func power(
      _ gain: SIMD4<Double>, _ a1: SIMD4<Double>, _ a2: SIMD4<Double>, _ highPass: BiquadCoefficients,
      _ edgeHz: Double, _ sampleRate: Double
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
        let ratio = Maths.tan(turns: turns / 2) / Maths.tan(turns: edgeHz / sampleRate / 2)
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
  private var edge: OnePole<SIMD2<Float>>

  /// A hiss at rest.
  init(_ shape: Shape) {
    (gain, a1, a2) = (shape.gain, shape.a1, shape.a2)
    highPass = Biquad(shape.highPass)
    edge = shape.edge
  }

  /// The next sample, with an RMS of 1 for white noise of 1.
  @inline(__always) mutating func process(_ white: SIMD2<Float>) -> SIMD2<Float> {
    let drive = white - x2
    x2 = x1
    x1 = white
    let l = gain * drive.x + a1 * left.y1 + a2 * left.y2
    let r = gain * drive.y + a1 * right.y1 + a2 * right.y2
    left = (l, left.y1)
    right = (r, right.y1)
    return edge.highPass(highPass.process(SIMD2(l.sum(), r.sum())))
  }
}

extension Hiss.Kind {
  typealias Pole = (hz: Double, width: Double, dB: Double)

  /// The resonances of the noise and the frequency below which there is none of it.
  var figures: (poles: InlineArray<4, Pole>, edgeHz: Double) {
    let none: Pole = (0, 0, 0)
    switch self {
    case .lips: return ([(1300, 1500, -12), (4200, 5000, -5), (8800, 5000, 0), none], 700)
    case .teeth: return ([(1600, 1200, -16), (5800, 4500, -3), (9000, 4500, 0), none], 1000)
    case .ridge: return ([(5600, 1400, 0), (7800, 2500, -2), (10500, 4000, -9), (3950, 800, -8)], 2900)
    case .palate: return ([(2700, 600, 0), (4000, 1100, -3), (5800, 2200, -9), (8000, 4000, -16)], 1700)
    case .palatal: return ([(3375, 750, 0), (5000, 1400, -3), (7250, 2700, -9), (9500, 4500, -16)], 2100)
    case .velar: return ([(1600, 900, 0), (3100, 1400, -10), (4800, 2500, -17), none], 900)
    case .lipBurst: return ([(900, 1400, 0), (2000, 3000, -6), (5000, 6000, -14), none], 500)
    case .ridgeBurst: return ([(4300, 1600, 0), (6500, 3500, -3), (3000, 1200, -9), none], 3000)
    case .backBurst: return ([(1250, 500, 0), (4800, 2500, -12), none, none], 900)
    case .middleBurst: return ([(1750, 500, 0), (4800, 2500, -12), none, none], 900)
    case .frontBurst: return ([(2350, 500, 0), (4800, 2500, -12), none, none], 900)
    case .inhale: return ([(650, 500, 0), (1750, 700, 3), (2900, 900, -2), (4600, 2200, -8)], 300)
    case .exhale: return ([(480, 600, 0), (1250, 800, -3), (2400, 1100, -9), (4000, 1500, -18)], 200)
    }
  }
}
