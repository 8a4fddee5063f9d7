/// Who whispers: the length of the tract and how hard the breath is.
public enum WhisperCharacter: String, Choice {
  case soft, neutral, low, bright
}

extension WhisperCharacter {
  /// The factor on all resonances, the tilt of the breath above 1.2 kHz, what is taken off hisses, and what brings
  /// the voice to the loudness of the others.
  var figures: (scale: Double, tiltDBPerOctave: Double, hissDB: Double, levelDB: Double) {
    switch self {
    case .soft: (1.15, -3.5, -10, 0)
    case .neutral: (1.06, -2, -6, -1.5)
    case .low: (1.0, -4, -9, 1)
    case .bright: (1.18, -0.5, -5, -5)
    }
  }

  /// An ordinary voice's formants as this one whispers them: all rise, the first most.
  ///
  /// I. Swerdlin, J. Smith and J. Wolfe, "The effect of whisper and creak vocal mechanisms on vocal tract resonances", JASA
  /// 127 (2010) 2590; closed vowels keep more of their low first formant, or they would turn into others.
  func whispered(_ formants: SIMD4<Double>) -> SIMD4<Double> {
    let scaled = figures.scale * formants
    let open = min(1, max(0, 0.4 + 0.6 * (scaled.x - 280) / 350))
    let f1 = scaled.x + 110 * open
    let f2 = max(f1 + 180, scaled.y + 110)
    return SIMD4(f1, f2, max(f2 + 220, scaled.z + 60), 0)
  }
}
