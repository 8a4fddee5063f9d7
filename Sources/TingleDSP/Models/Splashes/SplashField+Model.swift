extension SplashField {
  /// The constants of a field of splashes: the spectrum, how it scatters from splash to splash, and how long
  /// a splash lasts.
  struct Model: Sendable {
    /// The slope below a corner frequency: how the level falls per octave.
    var lowSlope: (dBPerOctave: Double, cornerHz: Double)
    /// The slope above a corner frequency.
    var highSlope: (dBPerOctave: Double, cornerHz: Double)
    /// A bump of the spectrum, 0.7 octaves wide (standard deviation).
    var bump = (dB: 0.0, hz: 6000.0)
    /// How far the spectra of single splashes deviate from the mean, in decibels.
    var scatterDB: Double
    /// The decay time constant of the power of a splash at 200 Hz and at 11 kHz.
    var decaySeconds: (low: Double, high: Double)
    /// The time constant of the onset of a splash.
    var attackSeconds: Double
    /// The power of the steady far layer relative to the mean power of the splashes, in decibels.
    var farDB: Double
    /// The tilt of the far layer relative to the splashes.
    var farTiltDBPerOctave = 0.0

    /// The level of the spectrum at a frequency, in decibels.
    func levelDB(atHz hz: Double) -> Double {
      let deviation = Maths.log2(hz / bump.hz) / 0.7
      return bump.dB * Maths.exp(-0.5 * deviation * deviation)
        - lowSlope.dBPerOctave * max(0, Maths.log2(lowSlope.cornerHz / hz))
        - highSlope.dBPerOctave * max(0, Maths.log2(hz / highSlope.cornerHz))
    }
  }

  /// The state that all voices of a layer share: filters, tables and gains.
  struct Prepared: Sendable {
    let shape: EightBands.Shape
    let tables: Tables
    let decay: SIMD8<Float>
    /// The value that an event of power 1 adds to the envelopes.
    let kick: SIMD8<Float>
    let attack: Float
    /// The gains of the bands; the splashes then have a mean power of 1 at each ear.
    let gains: SIMD8<Float>
    /// The mean of the envelopes.
    let mean: SIMD8<Float>
    /// The power of the far layer, in the unit of the envelopes.
    let far: SIMD8<Float>
    /// The number of frames from one step of the envelopes to the next.
    let tickFrames: Int
    let sampleRate: Double

    /// - Parameters:
    ///   - eventPower: the mean power that the events of one second push in total, at a frequency given in
    ///     octaves from `SplashField.pivotHz`.
    ///   - cutDB: the attenuation of everything at a frequency in hertz.
    init(
      _ model: Model, draws: Draws, sampleRate: Double, cutDB: (Double) -> Double = { _ in 0 },
      eventPower: (Double) -> Double
    ) {
      self.sampleRate = sampleRate
      tickFrames = sampleRate < 64_000 ? 8 : 16
      shape = EightBands.Shape(sampleRate: sampleRate)
      tables = Tables(scatterDB: model.scatterDB, draws: draws.branch("splashes"))
      let ticksPerSecond = sampleRate / Double(tickFrames)
      attack = Float(1 - Maths.exp(-1 / (model.attackSeconds * ticksPerSecond)))
      var (decay, kick) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
      var (level, mean, far) = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
      var cut = SIMD8<Float>.zero
      for k in 0..<8 {
        let hz = EightBands.Shape.centresHz[k]
        let octaves = Maths.log2(hz / SplashField.pivotHz)
        let share = Maths.log2(hz / 200) / Maths.log2(11_000 / 200.0)
        let seconds =
          model.decaySeconds.low * Maths.pow(model.decaySeconds.high / model.decaySeconds.low, share)
        let factor = Maths.exp(-1 / (seconds * ticksPerSecond))
        decay[k] = Float(factor)
        kick[k] = Float((1 - factor) * ticksPerSecond)
        level[k] = Maths.amplitude(dB: 2 * model.levelDB(atHz: hz))
        mean[k] = eventPower(octaves) * tables.meanShape(k)
        far[k] = Maths.amplitude(dB: 2 * model.farTiltDBPerOctave * octaves)
        cut[k] = Float(Maths.amplitude(dB: -cutDB(hz)))
      }
      let power = (level * mean).sum()
      let farPower = (level * far).sum()
      let farGain = Maths.amplitude(dB: 2 * model.farDB) * power / farPower
      self.decay = decay
      self.kick = kick
      self.mean = SIMD8<Float>(mean)
      self.far = SIMD8<Float>(farGain * far)
      gains = shape.unitGains * cut * SIMD8<Float>((level / power).squareRoot())
    }
  }

  /// Spectra of single splashes, as power factors of the bands: drawn once per layer.
  struct Tables: Sendable {
    /// 64 random spectra: a bump somewhere, and a little scatter.
    private var shapes = InlineArray<64, SIMD8<Float>>(repeating: .zero)
    /// Tilts in steps of half a decibel per octave.
    private var tilts = InlineArray<64, SIMD8<Float>>(repeating: .zero)

    private static let tiltSteps = 31

    init(scatterDB: Double, draws: Draws) {
      var dice = Dice(draws)
      for index in 0..<64 {
        // The bumps are spread evenly, so that all layers have the same mean spectrum.
        let centreOctaves = Maths.log2(60) * (Double(index) + dice.uniform()) / 64
        let width = dice.uniform(0.5...1.3)
        for k in 0..<8 {
          let hz = EightBands.Shape.centresHz[k]
          let deviation = (Maths.log2(hz / 200) - centreOctaves) / width
          let dB = 2.5 * scatterDB * (Maths.exp(-0.5 * deviation * deviation) - 0.4) + dice.gaussian()
          let tiltDB = 0.5 * Double(index - Self.tiltSteps) * Maths.log2(hz / SplashField.pivotHz)
          // Twice the level: a factor on the power.
          shapes[index][k] = Float(Maths.amplitude(dB: 2 * dB))
          tilts[index][k] = Float(Maths.amplitude(dB: 2 * tiltDB))
        }
      }
    }

    /// The mean of the power factors of one band.
    func meanShape(_ band: Int) -> Double {
      var sum = 0.0
      for index in 0..<64 { sum += Double(shapes[index][band]) }
      return sum / 64
    }

    /// The power factors of splash number `shape`, 0 ..< 64, with a tilt, clipped to ±15 dB per octave.
    @inline(__always) mutating func spectrum(_ shape: Int, tiltDBPerOctave: Float) -> SIMD8<Float> {
      let step = Int((2 * tiltDBPerOctave).rounded()) + Self.tiltSteps
      return shapes[shape & 63] * tilts[max(0, min(63, step))]
    }
  }
}
