/// A bottle that sprays.
public enum SprayKind: String, Choice {
  case pump, mist, can
}

/// The constants of a bottle.
struct SprayModel: Sendable {
  /// The spectrum and the decay of the droplets as they leave the nozzle.
  var jet: SplashField.Model
  /// The range of the length of a puff, and the share of it in which it rises.
  var puffSeconds: ClosedRange<Double>
  var riseShare: Double
  /// The level of the lever, or of the valve.
  var leverDB: Double
  /// The mean number of droplets that are heard as they fall, and their level.
  var droplets: (count: Double, levelDB: Double)
  var calibrationDB: Double
}

extension SprayKind {
  var model: SprayModel {
    switch self {
    case .pump:
      SprayModel(
        jet: Self.jet(low: 1800, high: 9000), puffSeconds: 0.28...0.45, riseShare: 0.25, leverDB: -20,
        droplets: (14, -24), calibrationDB: -4.6)
    case .mist:
      SprayModel(
        jet: Self.jet(low: 2600, high: 11_000), puffSeconds: 0.6...1.2, riseShare: 0.4, leverDB: -27,
        droplets: (24, -27), calibrationDB: -6)
    case .can:
      SprayModel(
        jet: Self.jet(low: 2000, high: 11_000), puffSeconds: 0.8...1.8, riseShare: 0.15, leverDB: -28,
        droplets: (0, -40), calibrationDB: -7.6)
    }
  }

  private static func jet(low: Double, high: Double) -> SplashField.Model {
    .init(
      lowSlope: (5, low), highSlope: (1, high), scatterDB: 2, decaySeconds: (20e-3, 10e-3),
      attackSeconds: 0.6e-3, farDB: -3)
  }
}
