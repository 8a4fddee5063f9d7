/// The air over the water in a vessel that fills: three resonances of a column that becomes shorter.
///
/// A quarter-wave resonator: f = c (2m - 1) / 4 (L + 0.61 a) for a column of length L and radius a.
struct AirColumn: Sendable {
  private var resonances: InlineArray<3, StateVariable<Float>>
  private let heightMetres, radiusMetres: Double
  private let sampleRate: Double
  private let gain: Double

  private static let speedOfSound = 343.0

  /// - Parameters:
  ///   - levelDB: the gain of the lowest resonance at its peak.
  init(heightMetres: Double, radiusMetres: Double, levelDB: Double, sampleRate: Double) {
    (self.heightMetres, self.radiusMetres, self.sampleRate) = (heightMetres, radiusMetres, sampleRate)
    gain = Maths.amplitude(dB: levelDB)
    resonances = InlineArray(repeating: StateVariable(cutoffHz: 1000, q: 9, sampleRate: sampleRate))
    tune(full: 0)
  }

  /// Sets how full the vessel is, 0 ... 1.
  mutating func tune(full: Double) {
    let length = heightMetres * (1 - 0.94 * full) + 0.61 * radiusMetres
    for m in 0..<3 {
      let hz = Self.speedOfSound * Double(2 * m + 1) / (4 * length)
      resonances[m].tune(
        cutoffHz: min(0.4 * sampleRate, hz), q: 9 / (1 + 0.6 * Double(m)), sampleRate: sampleRate)
    }
  }

  /// Adds the resonance of a block to it.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    var (first, second, third) = (resonances[0], resonances[1], resonances[2])
    let gains = SIMD3(Float(gain), Float(0.7 * gain), Float(0.5 * gain))
    for i in block.indices {
      let x = 0.5 * (block[i].x + block[i].y)
      let bands = SIMD3(first.process(x).band, second.process(x).band, third.process(x).band) * gains
      let y = (bands.x + bands.y) + bands.z
      block[i] += SIMD2(y, y)
    }
    (resonances[0], resonances[1], resonances[2]) = (first, second, third)
  }
}
