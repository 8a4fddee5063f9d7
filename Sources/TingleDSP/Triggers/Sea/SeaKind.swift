/// A shore, or the sea from below.
public enum SeaKind: String, Choice {
  case beach, pebbles, lake, underwater
}

/// The constants of waves on a shore.
struct SeaModel: Sendable {
  /// The spectrum and the decay of the splashes.
  var splashes: SplashField.Model
  /// The number of splashes per second, and the standard deviation of their level.
  var splashesPerSecond: Double
  var spreadDB: Double
  /// The power of each part of a wave, and its tilt in decibels per octave.
  var parts: Wave.Parts<Double>
  var tilts: Wave.Parts<Double>
  /// How the duration of a wave depends on the period: 1 for waves that fill it.
  var stretch: Double
  /// The bubbles that a wave takes down, at its crest.
  var bubbles: BubbleSwarm.Model?
  var calibrationDB: Double
}

extension SeaKind {
  var model: SeaModel {
    switch self {
    case .beach:
      SeaModel(
        splashes: .init(
          lowSlope: (3.1, 630), highSlope: (6.75, 1480), scatterDB: 3, decaySeconds: (0.14, 0.16),
          attackSeconds: 0.2e-3, farDB: -16.5, farTiltDBPerOctave: -6),
        splashesPerSecond: 530, spreadDB: 3.9,
        parts: .init(swell: 0.16, plunge: 1, foam: 0.06, backwash: 0.07),
        tilts: .init(swell: -4, plunge: 0, foam: 0.6, backwash: 1), stretch: 1, calibrationDB: 3.4)
    case .pebbles:
      SeaModel(
        splashes: .init(
          lowSlope: (3, 600), highSlope: (4.5, 1600), scatterDB: 4, decaySeconds: (0.09, 0.02),
          attackSeconds: 1e-3, farDB: -14, farTiltDBPerOctave: -6),
        splashesPerSecond: 600, spreadDB: 5,
        parts: .init(swell: 0.13, plunge: 1, foam: 0.15, backwash: 0.35),
        tilts: .init(swell: -4, plunge: -0.5, foam: 0.6, backwash: 2.5), stretch: 1, calibrationDB: 1.3)
    case .lake:
      SeaModel(
        splashes: .init(
          lowSlope: (2, 400), highSlope: (6.6, 900), scatterDB: 4, decaySeconds: (0.09, 0.06),
          attackSeconds: 3e-3, farDB: -14, farTiltDBPerOctave: -6),
        splashesPerSecond: 400, spreadDB: 4,
        parts: .init(swell: 0.2, plunge: 1, foam: 0.1, backwash: 0.1),
        tilts: .init(swell: -3, plunge: 0, foam: 0.6, backwash: 0), stretch: 0.45,
        bubbles: .init(
          perSecond: 30, radiusMetres: 0.8e-3...5e-3, kneeMetres: 2e-3, sizeExponent: 0.4, spreadDB: 5,
          damping: 1.3, rising: 0.4, levelDB: -6),
        calibrationDB: 6.7)
    case .underwater:
      SeaModel(
        splashes: .init(
          lowSlope: (0, 200), highSlope: (11, 400), scatterDB: 2, decaySeconds: (0.2, 0.2),
          attackSeconds: 10e-3, farDB: -6, farTiltDBPerOctave: -1),
        splashesPerSecond: 300, spreadDB: 3,
        parts: .init(swell: 0.4, plunge: 1, foam: 0.2, backwash: 0),
        tilts: .init(swell: -2, plunge: 0, foam: 0, backwash: 0), stretch: 1.2,
        bubbles: .init(
          perSecond: 6, radiusMetres: 1.5e-3...7e-3, kneeMetres: 3e-3, sizeExponent: 0.6, spreadDB: 5,
          damping: 1, rising: 0.7, levelDB: -12),
        calibrationDB: 1.9)
    }
  }
}
