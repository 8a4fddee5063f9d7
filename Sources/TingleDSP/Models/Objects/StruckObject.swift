/// An object to strike: modes drawn once from the distribution of a surface. `Hit` is one strike of it.
struct StruckObject: Sendable {
  static let mostModes = 24

  let model: SurfaceModel
  private(set) var modes = ModeSet<24>()
  /// The pitch of the thud.
  let thudHz: Double
  /// The noise of a finger that slides over the object, at rest.
  let slideNoise: BandNoise

  /// Draws an object.
  /// - Parameters:
  ///   - size: 1 is the usual size; frequencies are inversely proportional to it.
  ///   - draws: the random stream; the same stream gives the same object.
  init(_ surface: Surface, size: Double, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    model = surface.model
    let count = min(model.modes, Self.mostModes)
    let lowest = model.rangeHz.lowerBound
    let octaves = Maths.log2(model.rangeHz.upperBound / lowest)
    for k in 0..<count {
      let even = lowest * Maths.exp2(octaves * (Double(k) + 0.5) / Double(count))
      let usual = even * (1 + 0.12 * dice.clippedGaussian())
      let level = model.tiltDBPerOctave * Maths.log2(usual / lowest) + 5 * dice.gaussian()
      modes.append(
        Mode(
          frequencyHz: usual / size,
          dampingPerSecond: model.dampingPerSecond(atHz: usual / size) * dice.logNormal(sigma: 0.12),
          gain: Maths.amplitude(dB: level), halfWaves: dice.uniform(0.5...9)))
    }
    modes.normalise()
    thudHz = model.thud.hz * Maths.pow(size, -0.6) * dice.logNormal(sigma: 0.08)
    slideNoise = BandNoise(
      lowHz: model.slide.rangeHz.lowerBound, highHz: model.slide.rangeHz.upperBound, draws: draws,
      sampleRate: sampleRate)
  }
}
