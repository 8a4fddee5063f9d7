/// A small thing that rings when it is struck: up to eight modes, drawn once.
struct Chime: Sendable {
  /// What it is made of.
  struct Model: Sendable {
    /// Where its modes lie.
    var rangeHz: ClosedRange<Double>
    /// T60 of the lowest and of the highest mode.
    var t60Seconds: (low: Double, high: Double)
    /// How the modes' level changes per octave above the lowest.
    var tiltDBPerOctave: Double
    /// At most 8.
    var modes = 8
  }

  struct Mode: Sendable {
    var frequencyHz = 0.0
    var dampingPerSecond = 1.0
    var gain = 0.0
    var halfWaves = 0.0
  }

  private(set) var modes = InlineArray<8, Mode>(repeating: Mode())
  let count: Int

  /// Draws a thing.
  init(_ law: Model, draws: Draws) {
    var dice = Dice(draws)
    count = min(8, law.modes)
    let octaves = Maths.log2(law.rangeHz.upperBound / law.rangeHz.lowerBound)
    var energy = 0.0
    for k in 0..<count {
      let share = (Double(k) + 0.5 + 0.3 * dice.clippedGaussian()) / Double(count)
      let hz = law.rangeHz.lowerBound * Maths.exp2(octaves * max(0, min(1, share)))
      let t60 = law.t60Seconds.low * Maths.pow(law.t60Seconds.high / law.t60Seconds.low, share)
      let gain = Maths.amplitude(dB: law.tiltDBPerOctave * octaves * share + 3 * dice.gaussian())
      modes[k] = Mode(
        frequencyHz: hz, dampingPerSecond: 6.91 / t60 * dice.logNormal(sigma: 0.15), gain: gain,
        halfWaves: dice.uniform(0.5...6))
      energy += gain * gain
    }
    for k in 0..<count { modes[k].gain /= energy.squareRoot() }
  }
}

/// One blow to a chime.
struct Ring: Sendable {
  private var strike = Strike()

  /// A blow that is over.
  init() {}

  /// - Parameters:
  ///   - amplitude: of all modes together.
  ///   - contactSeconds: how long the blow lasts; longer is darker.
  ///   - place: where it falls, 0 ... 1.
  ///   - detune: a factor on all frequencies.
  ///   - damping: a factor on all dampings: a hand or water on it.
  ///   - delayFrames: frames from the next block's first.
  init(
    _ chime: borrowing Chime, amplitude: Double, contactSeconds: Double, place: Double, detune: Double = 1,
    damping: Double = 1, balance: Double, delayFrames: Int, sampleRate: Double
  ) {
    strike = Strike(delayFrames: delayFrames, onsetFrames: max(1, contactSeconds * sampleRate))
    for k in 0..<chime.count {
      let mode = chime.modes[k]
      let hz = mode.frequencyHz * detune
      let shape = 0.3 + 0.7 * abs(Maths.sinCos(turns: 0.5 * place * mode.halfWaves).cos)
      strike.modes.set(
        k, frequencyHz: hz, dampingPerSecond: mode.dampingPerSecond * damping,
        gain: amplitude * mode.gain * shape * Strike.pulseSpectrum(hz * contactSeconds),
        balance: max(-0.9, min(0.9, balance + 0.12 * (Double(k) - 3.5) / 3.5)), floor: 1e-4,
        sampleRate: sampleRate)
    }
  }

  var isOver: Bool { strike.isOver }

  /// Adds what rings to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) { strike.render(into: &block) }
}
