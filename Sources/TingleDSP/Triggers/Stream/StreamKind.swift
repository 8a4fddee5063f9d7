/// Running water outdoors.
public enum StreamKind: String, Choice {
  case brook, river, waterfall
}

/// The constants of a stream.
struct StreamModel: Sendable {
  var water: RunningWater.Model
  /// The slow unsteadiness of the level: its RMS, and its highest frequency.
  var unrest: (depthDB: Double, highestHz: Double)
  var calibrationDB: Double
}

extension StreamKind {
  /// Fitted to recordings of running water.
  var model: StreamModel {
    switch self {
    case .brook:
      StreamModel(
        water: .init(
          lumpsPerSecond: 397, followers: (2.18, 14e-3, 0.7), spreadDB: 4.67,
          tiltSpread: 1.3,
          splashes: .init(
            lowSlope: (4.3, 531), highSlope: (2.73, 2700), scatterDB: 2.05,
            decaySeconds: (18e-3, 2.1e-3), attackSeconds: 0.9e-3, farDB: -3,
            farTiltDBPerOctave: 0),
          bubbles: .init(
            perSecond: 300, hosted: 0.4, radiusMetres: 0.42e-3...4.7e-3, kneeMetres: 1.62e-3,
            sizeExponent: -0.0718, spreadDB: 3.59, damping: 1.58, rising: 0.35,
            levelDB: -4.26)),
        unrest: (0.5, 9.5), calibrationDB: -3.4)
    case .river:
      StreamModel(
        water: .init(
          lumpsPerSecond: 773, followers: (1.64, 14e-3, 0.7), spreadDB: 6.47,
          tiltSpread: 0.885,
          splashes: .init(
            lowSlope: (7.08, 811), highSlope: (1.02, 2700), scatterDB: 1.89,
            decaySeconds: (19.1e-3, 2.1e-3), attackSeconds: 0.752e-3, farDB: -3,
            farTiltDBPerOctave: 0),
          bubbles: .init(
            perSecond: 300, hosted: 0.4, radiusMetres: 0.525e-3...6.47e-3, kneeMetres: 1e-3,
            sizeExponent: -0.2, spreadDB: 4.2, damping: 1.85, rising: 0.0974,
            levelDB: -5.26)),
        unrest: (0.585, 9.5), calibrationDB: -3.6)
    case .waterfall:
      StreamModel(
        water: .init(
          lumpsPerSecond: 900, followers: (1.6, 14e-3, 0.7), spreadDB: 6.47,
          tiltSpread: 0.885,
          splashes: .init(
            lowSlope: (1.17, 700), highSlope: (4.12, 2700), scatterDB: 2.45,
            decaySeconds: (19.1e-3, 2.49e-3), attackSeconds: 0.807e-3, farDB: -3,
            farTiltDBPerOctave: 0),
          bubbles: .init(
            perSecond: 300, hosted: 0.4, radiusMetres: 0.525e-3...7.6e-3, kneeMetres: 1.48e-3,
            sizeExponent: -0.36, spreadDB: 4.61, damping: 1.38, rising: 0.0974,
            levelDB: -6.25)),
        unrest: (0.1, 9.5), calibrationDB: -2.7)
    }
  }
}
