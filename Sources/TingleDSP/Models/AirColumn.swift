/// The air over the water in a vessel that fills: three resonances of a column that becomes shorter.
///
/// A quarter-wave resonator: f = c (2m - 1) / 4 (L + 0.61 a) for a column of length L and radius a.
struct AirColumn: Sendable {
  // Three band-passes side by side, in direct form I; the fourth lane is empty.
  private var b0 = SIMD4<Float>.zero
  private var a1 = SIMD4<Float>.zero
  private var a2 = SIMD4<Float>.zero
  private var x1: Float = 0
  private var x2: Float = 0
  private var y1 = SIMD4<Float>.zero
  private var y2 = SIMD4<Float>.zero
  private let heightMetres, radiusMetres: Double
  private let sampleRate: Double
  private let gain: Double

  private static let speedOfSound = 343.0

  /// - Parameters:
  ///   - levelDB: the gain of the lowest resonance at its peak.
  init(heightMetres: Double, radiusMetres: Double, levelDB: Double, sampleRate: Double) {
    (self.heightMetres, self.radiusMetres, self.sampleRate) = (heightMetres, radiusMetres, sampleRate)
    gain = Maths.amplitude(dB: levelDB)
    tune(full: 0)
  }

  /// Sets how full the vessel is, 0 ... 1.
  mutating func tune(full: Double) {
    let length = heightMetres * (1 - 0.94 * full) + 0.61 * radiusMetres
    for m in 0..<3 {
      let hz = min(0.4 * sampleRate, Self.speedOfSound * Double(2 * m + 1) / (4 * length))
      let shape = BiquadCoefficients.bandPass(
        centreHz: hz, q: 9 / (1 + 0.6 * Double(m)), sampleRate: sampleRate)
      (b0[m], a1[m], a2[m]) = (shape.b0, shape.a1, shape.a2)
    }
  }

  /// Adds the resonance of a block to it.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    let gains = Float(gain) * SIMD4(1, 0.7, 0.5, 0)
    let (b0, a1, a2) = (b0, a1, a2)
    var (x1, x2, y1, y2) = (x1, x2, y1, y2)
    for i in block.indices {
      let x = 0.5 * (block[i].x + block[i].y)
      let y = (b0 * (x - x2) - a2 * y2) - a1 * y1
      (x2, x1, y2, y1) = (x1, x, y1, y)
      block[i] += SIMD2(repeating: (gains * y).laneSum)
    }
    (self.x1, self.x2, self.y1, self.y2) = (x1, x2, y1, y2)
  }
}
