/// The constants of rain on a surface.
struct RainModel: Sendable {
  var field: RainField.Model
  var near: NearDrops.Model
  /// The fast unsteadiness: its RMS, and its highest frequency.
  var gusts: (depthDB: Double, highestHz: Double)
  /// The rate at which the near drops have their level.
  var dropsPerSecond: Double
}

extension RainSurface {
  /// The constants of rain on the surface.
  var model: RainModel {
    switch self {
    case .window: Self.windowModel
    case .leaves: Self.leavesModel
    case .tent: Self.tentModel
    case .umbrella: Self.umbrellaModel
    case .puddle: Self.puddleModel
    case .street: Self.streetModel
    case .roof: Self.roofModel
    case .gutter: Self.gutterModel
    case .eaves: Self.eavesModel
    }
  }

  /// The gain that makes the surface as loud as the others, in decibels.
  var calibrationDB: Double {
    switch self {
    case .window: -1.5
    case .leaves: -0.6
    case .tent: 1.8
    case .umbrella: 1
    case .puddle: 1.6
    case .street: 0.7
    case .roof: 0.9
    case .gutter: 0.9
    case .eaves: 0.1
    }
  }

  /// A wet, framed pane: its modes decay within 15 ms.
  private static var windowModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 600, collected: 0.93, heightMetres: 1.3, radiusMetres: 12, sizeExponent: 1.25,
        tilt: (perSize: 0, perDistance: 0.15, spread: 1),
        splashes: .init(
          lowSlope: (3, 200), highSlope: (4.2, 4400), scatterDB: 6.3, decaySeconds: (27e-3, 1.5e-3),
          attackSeconds: 0.2e-3, farDB: 0, farTiltDBPerOctave: 0.8)),
      near: .init(
        reach: 4.6, levelDB: -9, energySeconds: 1.2e-4,
        plate: .init(rangeHz: 350...5300, modes: 28, tiltDBPerOctave: 1, t60Seconds: (15e-3, 4.5e-3)),
        ringLevel: 0.4,
        splash: .init(
          level: 0.5, decaySeconds: 0.48e-3...1.3e-3, low: (0.35, 0), width: (1.85, 2500),
          sprayProbability: 0.1)),
      gusts: (0.9, 2), dropsPerSecond: 60)
  }

  /// Leaves give way: each drop is a damped sine of its own and a soft splash.
  private static var leavesModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 1750, collected: 1.34, heightMetres: 1.27, radiusMetres: 13, sizeExponent: 1.5,
        tilt: (perSize: -0.7, perDistance: 0.08, spread: 2),
        splashes: .init(
          lowSlope: (1, 310), highSlope: (6.8, 1800), scatterDB: 7, decaySeconds: (27e-3, 3.3e-3),
          attackSeconds: 1e-3, farDB: 0, farTiltDBPerOctave: 0.4)),
      near: .init(
        reach: 2.9, levelDB: -6, energySeconds: 5e-4, tone: (220...2800, 18.5e-3), ringLevel: 0.65,
        splash: .init(
          level: 0.85, decaySeconds: 0.7e-3...1e-3, low: (0.6, 0), width: (1.7, 3000),
          sprayProbability: 0.15)),
      gusts: (0.35, 7.5), dropsPerSecond: 110)
  }

  /// A taut membrane over the head.
  private static var tentModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 850, collected: 1.09, heightMetres: 1, radiusMetres: 2.7, sizeExponent: 1,
        tilt: (perSize: -2.5, perDistance: 0, spread: 1),
        splashes: .init(
          lowSlope: (0, 300), highSlope: (3.1, 900), scatterDB: 9, decaySeconds: (32e-3, 2.5e-3),
          attackSeconds: 0.7e-3, farDB: -10, farTiltDBPerOctave: -1)),
      near: .init(
        reach: 3.7, levelDB: -7, energySeconds: 3.8e-3,
        plate: .init(rangeHz: 145...1450, modes: 18, tiltDBPerOctave: -1.2, t60Seconds: (67e-3, 27e-3)),
        ringLevel: 0.6,
        splash: .init(
          level: 1.5, decaySeconds: 1.5e-3...4e-3, low: (0.35, 0), width: (1.85, 2500),
          sprayProbability: 0.15)),
      gusts: (0.55, 15), dropsPerSecond: 150)
  }

  /// A smaller membrane, close to the head.
  private static var umbrellaModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 600, heightMetres: 0.4, radiusMetres: 1, sizeExponent: 1,
        tilt: (perSize: -2, perDistance: 0, spread: 1),
        splashes: .init(
          lowSlope: (2, 300), highSlope: (3.4, 1400), scatterDB: 7.5, decaySeconds: (24e-3, 2.5e-3),
          attackSeconds: 0.6e-3, farDB: -5, farTiltDBPerOctave: 0.5)),
      near: .init(
        reach: 2.6, levelDB: -7, energySeconds: 3e-3,
        plate: .init(rangeHz: 230...2600, modes: 18, tiltDBPerOctave: -1.2, t60Seconds: (42e-3, 16e-3)),
        ringLevel: 0.5,
        splash: .init(
          level: 1.3, decaySeconds: 1.2e-3...3.2e-3, low: (0.35, 0), width: (1.85, 2500),
          sprayProbability: 0.15)),
      gusts: (0.55, 12), dropsPerSecond: 120)
  }

  /// Water: splashes and bubbles.
  private static var puddleModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 650, heightMetres: 2.2, radiusMetres: 9, sizeExponent: 1.1,
        tilt: (perSize: -1.2, perDistance: 0.5, spread: 1.8),
        splashes: .init(
          lowSlope: (0.2, 550), highSlope: (3.7, 2050), scatterDB: 5.7, decaySeconds: (28e-3, 5.5e-3),
          attackSeconds: 1e-3, farDB: -7.4, farTiltDBPerOctave: -0.4)),
      near: .init(
        reach: 4.9, levelDB: -7, energySeconds: 2.6e-4, bubbleLevel: 0.5,
        splash: .init(
          level: 0.64, decaySeconds: 0.6e-3...2.2e-3, low: (0, 1700), width: (3.6, 4000),
          sprayProbability: 0)),
      gusts: (0.7, 7), dropsPerSecond: 110)
  }

  /// A film of water on asphalt: hard splashes and much spray, few bubbles.
  private static var streetModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 630, heightMetres: 2.5, radiusMetres: 10, sizeExponent: 1.2,
        tilt: (perSize: -1.7, perDistance: 0.4, spread: 1.5),
        splashes: .init(
          lowSlope: (2, 380), highSlope: (2, 2800), scatterDB: 6, decaySeconds: (22e-3, 3e-3),
          attackSeconds: 0.8e-3, farDB: -4.8)),
      near: .init(
        reach: 4, levelDB: -5, energySeconds: 2.6e-4, bubbleLevel: 0.1,
        splash: .init(
          level: 0.6, decaySeconds: 0.3e-3...1e-3, low: (0, 1100), width: (3.8, 1800),
          sprayProbability: 0.44)),
      gusts: (0.7, 5), dropsPerSecond: 100)
  }

  /// Tiles, heard from the room below them.
  private static var roofModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 600, collected: 1.05, heightMetres: 2, radiusMetres: 10, sizeExponent: 0.83,
        tilt: (perSize: -1.4, perDistance: -0.5, spread: 1),
        splashes: .init(
          lowSlope: (1.5, 280), highSlope: (4.5, 1500), scatterDB: 7.3, decaySeconds: (28e-3, 3e-3),
          attackSeconds: 0.7e-3, farDB: -0.2)),
      near: .init(
        reach: 4.4, levelDB: -8, energySeconds: 8e-4,
        plate: .init(rangeHz: 260...3000, modes: 28, tiltDBPerOctave: -1, t60Seconds: (26e-3, 9e-3)),
        ringLevel: 0.72,
        splash: .init(
          level: 0.56, decaySeconds: 0.9e-3...1.9e-3, low: (0.1, 0), width: (1.85, 2500),
          sprayProbability: 0.1)),
      gusts: (0.57, 10), dropsPerSecond: 110)
  }

  /// A metal gutter in which water runs.
  private static var gutterModel: RainModel {
    RainModel(
      field: .init(
        dropsPerSecond: 480, collected: 1.2, heightMetres: 0.83, radiusMetres: 7.5, sizeExponent: 0.96,
        tilt: (perSize: -0.8, perDistance: 0.4, spread: 1.5),
        splashes: .init(
          lowSlope: (3.9, 385), highSlope: (3.1, 1100), scatterDB: 6.2, decaySeconds: (22e-3, 3.9e-3),
          attackSeconds: 1e-3, farDB: -4.9, farTiltDBPerOctave: 0.2)),
      near: .init(
        reach: 3.2, levelDB: -8, energySeconds: 4e-4,
        plate: .init(rangeHz: 420...4600, modes: 24, tiltDBPerOctave: -1, t60Seconds: (32e-3, 10e-3)),
        ringLevel: 0.7, bubbleLevel: 0.59,
        splash: .init(
          level: 0.49, decaySeconds: 1.3e-3...1.8e-3, low: (0.3, 560), width: (3, 2900), sprayProbability: 0.3
        )),
      gusts: (0.7, 5.6), dropsPerSecond: 110)
  }

  /// Under the edge of a roof: rain on the ground outside, and the drips of the edge.
  private static var eavesModel: RainModel {
    var model = streetModel
    model.field.heightMetres = 2
    model.field.splashes.farDB = -3
    model.near.levelDB = -9
    model.near.bubbleLevel = 0.35
    model.near.energySeconds = 2.6e-4
    return model
  }
}
