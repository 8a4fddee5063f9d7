/// A struck sheet or plate with up to 28 modes, drawn once: each strike excites the six strongest at its
/// place.
struct Plate: Sendable {
  /// The constants of a material.
  struct Model: Sendable {
    /// The frequency range of the modes.
    var rangeHz: ClosedRange<Double>
    /// The number of modes, at most 28.
    var modes: Int
    /// The spectral tilt: how the level of the modes changes per octave above the lowest.
    var tiltDBPerOctave: Double
    /// The decay time (T60) of the lowest and of the highest mode.
    var t60Seconds: (low: Double, high: Double)
  }

  private var modes = ModeSet<28>()

  /// The number of modes that a strike excites.
  private static let struckModes = 6

  /// Creates a plate without modes.
  init() {}

  /// Draws a plate.
  init(_ model: Model, draws: Draws) {
    var dice = Dice(draws)
    let octaves = Maths.log2(model.rangeHz.upperBound / model.rangeHz.lowerBound)
    for k in 0..<model.modes {
      let share = (Double(k) + dice.uniform()) / Double(model.modes)
      let t60 = model.t60Seconds.low * Maths.pow(model.t60Seconds.high / model.t60Seconds.low, share)
      modes.append(
        Mode(
          frequencyHz: model.rangeHz.lowerBound * Maths.exp2(octaves * share),
          dampingPerSecond: Mode.dampingPerSecond(t60Seconds: t60),
          gain: Maths.amplitude(dB: model.tiltDBPerOctave * octaves * share + 4 * dice.gaussian()),
          halfWaves: dice.uniform(0.5...9)))
    }
    modes.normalise()
  }

  /// A strike.
  /// - Parameters:
  ///   - position: the place, 0 ... 1; nil draws one.
  ///   - contactSeconds: the length of the contact; a longer contact sounds darker.
  ///   - damping: a factor on all dampings.
  ///   - gain: the gain of a mode at a frequency in hertz.
  func strike(
    at position: Double? = nil, amplitude: Double, contactSeconds: Double, damping: Double, balance: Double,
    delayFrames: Int, dice: inout Dice, sampleRate: Double, gain: (Double) -> Double = { _ in 1 }
  ) -> Strike {
    var strike = Strike(delayFrames: delayFrames, onsetFrames: 1)
    let position = position ?? dice.uniform()
    // A span reads in place; an array of this kind is copied by each of its getters.
    var storage = InlineArray<28, Double>(repeating: 0)
    var weights = storage.mutableSpan
    for k in 0..<modes.count {
      let mode = modes[k]
      let cycles = 1.7 * mode.frequencyHz * contactSeconds
      let shape = 0.1 + 0.9 * abs(Maths.sinCos(turns: 0.5 * position * mode.halfWaves).sin)
      weights[k] = mode.gain * shape / (1 + cycles * cycles * cycles * cycles).squareRoot()
    }
    for lane in 0..<Self.struckModes {
      var strongest = 0
      for k in 0..<modes.count where weights[k] > weights[strongest] { strongest = k }
      let mode = modes[strongest]
      let hz = mode.frequencyHz * dice.logNormal(sigma: 0.03)
      strike.modes.set(
        lane, frequencyHz: hz,
        dampingPerSecond: mode.dampingPerSecond * damping * dice.logNormal(sigma: 0.1),
        gain: amplitude * weights[strongest] * gain(hz),
        // A sine starts at zero, so there is no click.
        phaseTurns: -0.25, balance: balance, floor: 4e-3 * abs(amplitude), sampleRate: sampleRate)
      weights[strongest] = 0
    }
    return strike
  }
}
