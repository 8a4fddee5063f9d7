/// Where the wind blows.
public enum WindKind: String, Choice {
  case trees, house, gap, open
}

/// The constants of wind.
struct WindModel: Sendable {
  /// The level of the octaves around 63 Hz ... 8 kHz of the turbulence.
  var levelsDB: SIMD8<Double>
  /// The standard deviation of the level, and the change of the tilt with it in decibels per octave.
  var depthDB: Double
  var tiltPerStep: Double
  /// The rustle of leaves: its level relative to the turbulence.
  var leaves: SplashField.Model?
  var leavesDB = 0.0
  var flutterPerSecond = 600.0
  /// Gaps and edges that resonate: pitch at the usual speed, sharpness, level relative to the turbulence.
  var whistles: [(hz: Double, q: Double, levelDB: Double)] = []
  var calibrationDB: Double
}

extension WindKind {
  var model: WindModel {
    switch self {
    case .trees:
      WindModel(
        levelsDB: SIMD8(-14, -14, -15, -16, -20, -24, -30, -36), depthDB: 3, tiltPerStep: 0.3,
        leaves: .init(
          lowSlope: (3, 900), highSlope: (0.5, 6000), scatterDB: 5, decaySeconds: (60e-3, 14e-3),
          attackSeconds: 5e-3, farDB: -1),
        leavesDB: 0, calibrationDB: -5.8)
    case .house:
      WindModel(
        levelsDB: SIMD8(-10, -7, -3, -7, -15, -22, -32, -38), depthDB: 3.2, tiltPerStep: 0.5,
        whistles: [(310, 5, -9), (523, 7, -16)], calibrationDB: 0.7)
    case .gap:
      WindModel(
        levelsDB: SIMD8(-9, -9, -10, -11, -14, -23, -36, -46), depthDB: 3.2, tiltPerStep: 0.4,
        whistles: [(640, 9, -3), (935, 12, -7)], calibrationDB: -2)
    case .open:
      WindModel(
        levelsDB: SIMD8(-8, -5, -5, -8, -12, -18, -26, -34), depthDB: 3.2, tiltPerStep: 0.6,
        calibrationDB: 2)
    }
  }
}
