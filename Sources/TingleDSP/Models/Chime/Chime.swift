/// A small object that rings when it is struck: up to eight modes, drawn once. `Ring` is one strike of it.
struct Chime: Sendable {
  /// The constants of a material.
  struct Model: Sendable {
    /// The frequency range of the modes.
    var rangeHz: ClosedRange<Double>
    /// The decay time (T60) of the lowest and of the highest mode.
    var t60Seconds: (low: Double, high: Double)
    /// The spectral tilt: how the level of the modes changes per octave above the lowest.
    var tiltDBPerOctave: Double
    /// The number of modes, at most 8.
    var modes = 8
  }

  private(set) var modes = ModeSet<8>()

  /// Draws an object.
  /// - Parameter draws: the random stream; the same stream gives the same object.
  init(_ model: Model, draws: Draws) {
    var dice = Dice(draws)
    let count = min(8, model.modes)
    let octaves = Maths.log2(model.rangeHz.upperBound / model.rangeHz.lowerBound)
    for k in 0..<count {
      let share = (Double(k) + 0.5 + 0.3 * dice.clippedGaussian()) / Double(count)
      let hz = model.rangeHz.lowerBound * Maths.exp2(octaves * max(0, min(1, share)))
      let t60 = model.t60Seconds.low * Maths.pow(model.t60Seconds.high / model.t60Seconds.low, share)
      let gain = Maths.amplitude(dB: model.tiltDBPerOctave * octaves * share + 3 * dice.gaussian())
      modes.append(
        Mode(
          frequencyHz: hz,
          dampingPerSecond: Mode.dampingPerSecond(t60Seconds: t60) * dice.logNormal(sigma: 0.15), gain: gain,
          halfWaves: dice.uniform(0.5...6)))
    }
    modes.normalise()
  }
}
