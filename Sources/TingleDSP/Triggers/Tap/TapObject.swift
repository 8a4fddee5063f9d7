/// An object within the hand's reach: its modes, drawn once from the surface's distribution.
struct TapObject: Sendable {
  /// A mode as it is before a hand touches it.
  struct Mode: Sendable {
    var frequencyHz = 0.0
    var dampingPerSecond = 0.0
    /// Amplitude; the squares of all add up to 1.
    var gain = 0.0
    /// Half-waves along the object: how the contact point moves the mode's weight.
    var halfWaves = 0.0
  }

  static let mostModes = 24

  /// The figures of what it is made of.
  let law: SurfaceModel
  private(set) var modes = InlineArray<24, Mode>(repeating: Mode())
  let count: Int
  /// The pitch of the body's knock.
  let thudHz: Double
  /// What a sliding finger makes heard, at rest.
  let slideNoise: BandNoise

  /// Draws an object.
  /// - Parameters:
  ///   - size: 1 the usual; frequencies go with its inverse.
  ///   - draws: where it comes from; the same give the same object.
  init(_ surface: Surface, size: Double, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    law = surface.law
    count = min(law.modes, Self.mostModes)
    let lowest = law.rangeHz.lowerBound
    let octaves = Maths.log2(law.rangeHz.upperBound / lowest)
    var energy = 0.0
    for k in 0..<count {
      let even = lowest * Maths.exp2(octaves * (Double(k) + 0.5) / Double(count))
      let usual = even * (1 + 0.12 * dice.clippedGaussian())
      let level = law.tiltDBPerOctave * Maths.log2(usual / lowest) + 5 * dice.gaussian()
      modes[k] = Mode(
        frequencyHz: usual / size,
        dampingPerSecond: law.dampingPerSecond(atHz: usual / size) * dice.logNormal(sigma: 0.12),
        gain: Maths.amplitude(dB: level), halfWaves: dice.uniform(0.5...9))
      energy += modes[k].gain * modes[k].gain
    }
    for k in 0..<count { modes[k].gain /= energy.squareRoot() }
    thudHz = law.thud.hz * Maths.pow(size, -0.6) * dice.logNormal(sigma: 0.08)
    slideNoise = BandNoise(
      lowHz: law.slide.rangeHz.lowerBound, highHz: law.slide.rangeHz.upperBound, draws: draws,
      sampleRate: sampleRate)
  }
}
