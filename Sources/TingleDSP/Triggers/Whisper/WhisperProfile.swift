/// The constants of a whispering voice: formant scale, spectral tilt, frication level and gain.
struct WhisperProfile: Sendable {
  /// A factor on all formants; above 1 for a shorter vocal tract.
  var scale: Double
  /// The spectral tilt of aspiration above 1.2 kHz: 0 for a hard stage whisper, -4 for a soft and dark one.
  var tiltDBPerOctave: Double
  /// Added to the level of all frication and bursts, in decibels.
  var fricationDB: Double
  /// How far whispering raises F1 of open vowels, in hertz.
  var openF1ShiftHz: Double
  /// A gain that makes all voices equally loud.
  var levelDB: Double

  /// A factor on F4 and the formants above it, which depend less on tract length.
  var upperScale: Double { 0.5 + 0.5 * scale }

  /// The whispered formants for formants of normal speech: all are raised, F1 most.
  ///
  /// I. Swerdlin, J. Smith and J. Wolfe, "The effect of whisper and creak vocal mechanisms on vocal tract
  /// resonances", JASA 127 (2010) 2590. F1 of close vowels is raised less than measured there, to keep them
  /// distinct.
  func whispered(_ formants: SIMD4<Double>) -> SIMD4<Double> {
    let scaled = scale * formants
    let openness = min(1, max(0, 0.4 + 0.6 * (scaled.x - 280) / 350))
    let f1 = scaled.x + openF1ShiftHz * openness
    let f2 = max(f1 + 180, scaled.y + 62)
    let f3 = max(f2 + 220, scaled.z + 75)
    return SIMD4(f1, f2, f3, max(f3 + 350, upperScale * formants.w))
  }
}
