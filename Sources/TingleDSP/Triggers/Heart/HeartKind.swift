/// Where the heart is heard.
public enum HeartKind: String, Choice {
  case chest, womb
}

/// What a heart sounds like at one place.
struct HeartModel: Sendable {
  /// The second sound relative to the first.
  var secondLevel: Double
  /// The rise of both sounds.
  var onsetSeconds: Double
  /// A factor on the decay times of the modes.
  var ring: Double
  /// The cutoff of a low-pass, 6 dB per octave, between the heart and the ear.
  var cutoffHz = Double.infinity
  /// The level of the blood, and the gains of its bands from 50 to 700 Hz.
  var bloodDB: Double
  var bloodGains: SIMD4<Float>
  /// The flow of the blood between two beats, relative to the highest.
  var restingBlood: Double
  var calibrationDB: Double
}

extension HeartKind {
  var model: HeartModel {
    switch self {
    case .chest:
      HeartModel(
        secondLevel: 0.85, onsetSeconds: 0.014, ring: 1, bloodDB: -44, bloodGains: SIMD4(0.7, 1, 0.8, 0.5),
        restingBlood: 0.3, calibrationDB: 6.2)
    case .womb:
      // Through fluid, from large vessels nearby: darker, with a longer ring and a shorter rise.
      HeartModel(
        secondLevel: 1.2, onsetSeconds: 0.006, ring: 1.47, cutoffHz: 110, bloodDB: -36,
        bloodGains: SIMD4(0.6, 0.5, 0.02, 0), restingBlood: 0.13, calibrationDB: 0.5)
    }
  }
}
