extension NearDrops {
  /// The constants of single drops on one surface.
  struct Model: Sendable {
    /// The radius of the disc on which the drops fall, relative to the height of the ear.
    var reach: Double
    /// The level of the drops relative to the field without its far layer, in decibels.
    var levelDB: Double
    /// The energy of a drop of amplitude 1, in seconds: `levelDB` then does not depend on the ring.
    var energySeconds: Double
    /// The surface that rings, and the level of its ring.
    var plate: Plate.Model?
    /// A damped sine of random pitch instead.
    var tone: (rangeHz: ClosedRange<Double>, t60Seconds: Double)?
    var ringLevel = 0.0
    /// The level of the bubbles that the drops leave; 0 for none.
    var bubbleLevel = 0.0
    var splash: SplashModel
  }

  /// The constants of the burst of noise at the impact.
  struct SplashModel: Sendable {
    var level: Double
    /// The decay time constant.
    var decaySeconds: ClosedRange<Double>
    /// The lower band edge and the bandwidth: cycles within the collapse time of the drop, plus hertz.
    var low: (cycles: Double, hz: Double)
    var width: (cycles: Double, hz: Double)
    /// The probability that droplets are thrown up and fall back.
    var sprayProbability: Double
  }

  /// The state that all voices of a layer share.
  struct Prepared: Sendable {
    let model: Model
    /// The surface that rings; without modes if the model has none.
    let plate: Plate
    let sizes: RaindropSizes
    let sizeExponent: Double
    let dropsPerSecond: Double
    /// The gain that gives the drops their level.
    let gain: Double
    /// Drops below this size, relative to one of 1.5 mm right below the ear, have no voice.
    let quietSize: Double
    /// The RMS of the sizes, and the size that softened drops do not exceed.
    let rmsSize, largestSize: Double
    /// The power that such a drop pushes into the field, for a size of 1.
    let pushPower: Double
    let trebleCutDB: Double
    let sampleRate: Double

    /// The largest size relative to the RMS: 10 dB.
    private static let largestSize = 3.0

    /// - Parameters:
    ///   - dropsPerSecond: the rate at `RaindropSizes.referenceRate`.
    ///   - referencePerSecond: the rate at which the drops have the level of the model.
    ///   - fieldGain: the gain of the field into which quiet drops are pushed.
    init(
      _ model: Model, _ rain: RainField.Model, field: RainField.Prepared, rainfall: Double,
      dropsPerSecond: Double, referencePerSecond: Double, trebleCutDB: Double, fieldGain: Double,
      draws: Draws, sampleRate: Double
    ) {
      self.model = model
      self.sampleRate = sampleRate
      self.trebleCutDB = trebleCutDB
      plate = model.plate.map { Plate($0, draws: draws.branch("plate")) } ?? Plate()
      sizes = RaindropSizes(rainfall: rainfall, collected: rain.collected)
      sizeExponent = rain.sizeExponent
      self.dropsPerSecond = dropsPerSecond * sizes.relativeCount
      let reference = Self.sizes(
        RaindropSizes(rainfall: RaindropSizes.referenceRate, collected: rain.collected), model, rain)
      var power = 0.0
      for size in reference { power += size * size / Double(reference.count) }
      gain =
        (Maths.amplitude(dB: 2 * model.levelDB) / (power * referencePerSecond * model.energySeconds))
        .squareRoot()
      rmsSize = power.squareRoot()
      largestSize = Self.largestSize * rmsSize
      let ordered = Self.sizes(sizes, model, rain)
      quietSize = ordered[ordered.count / 2]
      pushPower = gain * gain * model.energySeconds * field.powerPerSecond / (fieldGain * fieldGain)
    }

    /// The sizes of drops, sorted: the amplitude relative to a drop of 1.5 mm right below the ear.
    private static func sizes(_ drops: RaindropSizes, _ model: Model, _ rain: RainField.Model) -> [Double] {
      drops.quantiles(64).flatMap { diameter in
        (0..<64).map { step in
          let square = 1 + model.reach * model.reach * (Double(step) + 0.5) / 64
          return RaindropSizes.amplitude(diameterMillimetres: diameter, sizeExponent: rain.sizeExponent)
            / square.squareRoot()
        }
      }.sorted()
    }

    /// The gain of the treble cut at a frequency.
    func cut(hz: Double) -> Double { Self.cut(trebleCutDB, hz: hz) }

    /// The gain of a treble cut at a frequency.
    static func cut(_ dB: Double, hz: Double) -> Double {
      dB == 0 ? 1 : Maths.amplitude(dB: -TrebleCut.attenuationDB(dB, atHz: hz))
    }
  }
}
