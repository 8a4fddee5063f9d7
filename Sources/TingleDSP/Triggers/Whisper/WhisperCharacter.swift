/// Who whispers: the length of the tract and how hard the breath is.
public enum WhisperCharacter: String, Choice {
  case soft, neutral, low, bright, stage
}

/// The figures of a whispering mouth.
struct WhisperProfile: Sendable {
  /// A factor on all resonances; a shorter tract has a higher one.
  var scale: Double
  /// How the breath falls above 1.2 kHz: 0 a hard stage whisper, -4 a soft and dark one.
  var tiltDBPerOctave: Double
  /// Of all hisses and bursts, over those of the phones' table.
  var hissDB: Double
  /// How far whispering lifts the first formant of open vowels, in hertz.
  var liftHz: Double
  /// What brings it to the loudness of the others.
  var levelDB: Double

  /// A factor on the fourth resonance and those above it, which a tract's length moves less than the mouth does.
  var upperScale: Double { 0.5 + 0.5 * scale }

  /// An ordinary voice's formants as this one whispers them: all rise, the first most.
  ///
  /// I. Swerdlin, J. Smith and J. Wolfe, "The effect of whisper and creak vocal mechanisms on vocal tract resonances", JASA
  /// 127 (2010) 2590; closed vowels keep more of their low first formant, or they would turn into others.
  func whispered(_ formants: SIMD4<Double>) -> SIMD4<Double> {
    let scaled = scale * formants
    let open = min(1, max(0, 0.4 + 0.6 * (scaled.x - 280) / 350))
    let f1 = scaled.x + liftHz * open
    let f2 = max(f1 + 180, scaled.y + 78)
    let f3 = max(f2 + 220, scaled.z + 60)
    return SIMD4(f1, f2, f3, max(f3 + 350, upperScale * formants.w))
  }
}

extension WhisperCharacter {
  var make: WhisperProfile {
    switch self {
    case .soft: WhisperProfile(scale: 1.15, tiltDBPerOctave: -3.5, hissDB: -12.7, liftHz: 110, levelDB: 0)
    case .neutral: WhisperProfile(scale: 1.02, tiltDBPerOctave: -3, hissDB: -8, liftHz: 80, levelDB: -1)
    case .low: WhisperProfile(scale: 1.0, tiltDBPerOctave: -4, hissDB: -11.7, liftHz: 110, levelDB: 1)
    case .bright: WhisperProfile(scale: 1.18, tiltDBPerOctave: -0.5, hissDB: -7.7, liftHz: 110, levelDB: -4.2)
    case .stage: WhisperProfile(scale: 1.06, tiltDBPerOctave: 0, hissDB: -2.7, liftHz: 180, levelDB: -6.5)
    }
  }
}
