/// A machine whose air or motor is heard.
public enum FanKind: String, Choice {
  case ceilingFan = "ceiling-fan"
  case airConditioner = "air-conditioner"
  case dryer
  case vacuum
  case aeroplane
  case train
  case washingMachine = "washing-machine"
}

/// The constants of a machine.
struct FanModel: Sendable {
  /// The level of the octaves around 63 Hz ... 8 kHz.
  var levelsDB: SIMD8<Double>
  /// The tones of the motor: at most 6 dB over the third of an octave around them.
  var tones: [Hum.Tone]
  /// The turning of blades, drum or wheels: rate and depth of the level.
  var turning: (hz: Double, depthDB: Double)
  /// The slow unsteadiness of the level.
  var unrest: (depthDB: Double, highestHz: Double)
  var calibrationDB: Double
}

extension FanKind {
  /// Spectra, tones and swings as measured on recordings of such machines.
  var model: FanModel {
    switch self {
    case .ceilingFan:
      FanModel(
        levelsDB: SIMD8(-30, -16, -10, -3, -8, -11, -14, -14),
        tones: [
          .init(frequencyHz: 199, levelDB: -17), .init(frequencyHz: 420, levelDB: -10),
          .init(frequencyHz: 1042, levelDB: -15),
        ],
        turning: (0.96, 0.8), unrest: (0.4, 2), calibrationDB: -2.7)
    case .airConditioner:
      FanModel(
        levelsDB: SIMD8(-13, -2, -9, -12, -16, -25, -30, -38),
        tones: [.init(frequencyHz: 121, levelDB: -6), .init(frequencyHz: 243, levelDB: -14)],
        turning: (1.3, 0.3), unrest: (0.5, 1), calibrationDB: -1.4)
    case .dryer:
      FanModel(
        levelsDB: SIMD8(-18, -5, -3, -14, -20, -22, -24, -30),
        tones: [
          .init(frequencyHz: 120, levelDB: -9), .init(frequencyHz: 240, levelDB: -8),
          .init(frequencyHz: 331, levelDB: -15),
        ],
        turning: (0.8, 0.9), unrest: (0.5, 3), calibrationDB: -1.5)
    case .vacuum:
      FanModel(
        levelsDB: SIMD8(-30, -19, -7, -10, -7, -5, -11, -13),
        tones: [
          .init(frequencyHz: 220, levelDB: -11), .init(frequencyHz: 1104, levelDB: -15),
          .init(frequencyHz: 1325, levelDB: -16), .init(frequencyHz: 1547, levelDB: -16),
          .init(frequencyHz: 2773, levelDB: -16),
        ],
        turning: (0.3, 0.5), unrest: (1.1, 3), calibrationDB: -3.9)
    case .aeroplane:
      FanModel(
        levelsDB: SIMD8(-3, -7, -7, -16, -25, -32, -37, -42), tones: [.init(frequencyHz: 69, levelDB: -8)],
        turning: (0.13, 0.5), unrest: (0.6, 1), calibrationDB: 0.2)
    case .train:
      FanModel(
        levelsDB: SIMD8(-4, -8, -10, -13, -24, -29, -34, -37), tones: [],
        turning: (1.1, 1), unrest: (2, 6), calibrationDB: 0.6)
    case .washingMachine:
      FanModel(
        levelsDB: SIMD8(-12, -4, -4, -10, -12, -16, -25, -31),
        tones: [.init(frequencyHz: 120, levelDB: -9), .init(frequencyHz: 240, levelDB: -12)],
        turning: (0.8, 1), unrest: (0.6, 4), calibrationDB: -1.1)
    }
  }
}
