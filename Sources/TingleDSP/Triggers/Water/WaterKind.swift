/// What happens with the water.
public enum WaterKind: String, Choice {
  case drops, pour, rinse, stream, dishes, bath

  /// How much water usually runs.
  var usualFlowLitresPerMinute: Double {
    switch self {
    case .drops: 0.03
    case .pour: 4.5
    case .rinse, .dishes: 6
    case .stream: 60
    // What a sponge holds, every few seconds.
    case .bath: 2
    }
  }

  /// The usual volume of the vessel.
  var usualSizeLitres: Double {
    switch self {
    case .drops, .pour: 0.5
    case .rinse, .dishes: 8
    // A pool; it has no resonance.
    case .stream: 100
    case .bath: 150
    }
  }

  /// The gain that makes the kind as loud as the others, in decibels.
  var calibrationDB: Double {
    switch self {
    case .drops: -1.6
    case .pour: -24
    case .rinse: -23.3
    case .stream: -24
    case .dishes: -23.7
    case .bath: -13.8
    }
  }

  /// The constants of the water that runs; nil for single drops.
  var running: RunningWater.Model? {
    switch self {
    case .drops: nil
    case .pour: Self.pourModel
    case .stream: Self.streamModel
    case .rinse: Self.rinseModel
    case .dishes: Self.dishesModel
    case .bath: Self.bathModel
    }
  }

  /// The fast unsteadiness: its RMS, and its highest frequency.
  var gusts: (depthDB: Double, highestHz: Double) {
    switch self {
    case .drops: (0, 1)
    case .pour: (0.38, 8)
    case .stream: (0.5, 9.5)
    case .rinse: (0.55, 8)
    case .dishes: (0.36, 8.5)
    case .bath: (0.9, 8.5)
    }
  }

  /// The vessel that the water runs into.
  var basin: Basin.Model? {
    switch self {
    // The resonances of a full sink with dishes in it are too weak to be heard.
    case .drops, .pour, .stream, .dishes: nil
    case .rinse: .init(rangeHz: 270...1600, t60Seconds: 35e-3, peakDB: 6)
    case .bath: .init(rangeHz: 170...1000, t60Seconds: 38e-3, peakDB: 2)
    }
  }

  private static var streamModel: RunningWater.Model {
    .init(
      lumpsPerSecond: 300, followers: (1.6, 14e-3, 0.7), spreadDB: 6.5, tiltSpread: 1.3,
      splashes: .init(
        lowSlope: (4.3, 510), highSlope: (1.2, 2700), scatterDB: 2.1, decaySeconds: (18e-3, 2.1e-3),
        attackSeconds: 0.9e-3, farDB: -3),
      bubbles: .init(
        perSecond: 300, hosted: 0.4, radiusMetres: 0.45e-3...4.6e-3, sizeExponent: -0.1, spreadDB: 4.5,
        damping: 2, rising: 0.35, levelDB: -4))
  }

  /// The jet of a pour breaks into drops of very different sizes before it meets the water.
  private static var pourModel: RunningWater.Model {
    var model = streamModel
    (model.lumpsPerSecond, model.followers, model.spreadDB) = (90, (1.6, 12.6e-3, 0.5), 10.5)
    model.splashes.highSlope = (1.2, 5000)
    model.splashes.scatterDB = 2.5
    model.splashes.decaySeconds = (41e-3, 2.1e-3)
    model.splashes.farDB = -18
    // A jet takes large bubbles down.
    model.bubbles.radiusMetres = 0.4e-3...8e-3
    model.bubbles.kneeMetres = 2.1e-3
    (model.bubbles.sizeExponent, model.bubbles.spreadDB) = (0.26, 8)
    (model.bubbles.damping, model.bubbles.levelDB) = (2.1, -2)
    return model
  }

  private static var rinseModel: RunningWater.Model {
    .init(
      lumpsPerSecond: 1500, followers: (1.3, 22e-3, 0.75), spreadDB: 6.4, tiltSpread: 1.4,
      splashes: .init(
        lowSlope: (6, 450), highSlope: (2.4, 2950), bump: (3.5, 6000), scatterDB: 2,
        decaySeconds: (23e-3, 3e-3), attackSeconds: 1.5e-3, farDB: -6),
      bubbles: .init(
        perSecond: 300, hosted: 0.5, radiusMetres: 0.45e-3...3.7e-3, sizeExponent: 0.15, spreadDB: 4,
        damping: 1.3, rising: 0.02, levelDB: -5))
  }

  private static var dishesModel: RunningWater.Model {
    .init(
      lumpsPerSecond: 1000, followers: (0.9, 19e-3, 0.7), spreadDB: 7.4, tiltSpread: 1.75,
      splashes: .init(
        lowSlope: (5.9, 520), highSlope: (3.6, 1000), bump: (3.5, 6000), scatterDB: 3.3,
        decaySeconds: (23e-3, 3.8e-3), attackSeconds: 5.1e-3, farDB: -5.6),
      bubbles: .init(
        perSecond: 300, hosted: 0.55, radiusMetres: 0.4e-3...3.4e-3, sizeExponent: 0, spreadDB: 4.2,
        damping: 1.3, rising: 0.17, levelDB: -1.3))
  }

  /// Water that a hand moves in a tub, and that runs out of a sponge: drops that fall from a hand's breadth.
  private static var bathModel: RunningWater.Model {
    .init(
      lumpsPerSecond: 300, followers: (1.4, 17e-3, 0.65), spreadDB: 9, tiltSpread: 2.4,
      splashes: .init(
        lowSlope: (4.2, 450), highSlope: (2.6, 3200), scatterDB: 2.5, decaySeconds: (28e-3, 7.7e-3),
        attackSeconds: 3.9e-3, farDB: -14),
      bubbles: .init(
        perSecond: 260, hosted: 0.5, radiusMetres: 0.5e-3...4.1e-3, kneeMetres: 1.7e-3, sizeExponent: 0.2,
        spreadDB: 6.6, damping: 1.3, rising: 0.25, levelDB: 2.7))
  }
}
