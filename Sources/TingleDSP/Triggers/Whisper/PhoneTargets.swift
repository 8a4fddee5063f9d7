/// The synthesis targets of a phone: formants, durations, and the levels of its noise sources.
///
/// Formants are those of a male voice in normal speech; `WhisperProfile.whispered` shifts them. Durations
/// apply at an unhurried rate of 3.6 syllables per second. Levels are relative to stressed /ʌ/.
struct PhoneTargets: Sendable {
  let manner: Phone.Manner
  /// F1 to F4 in hertz; for a diphthong, its onset.
  let formants: SIMD4<Double>
  /// F1 to F4 in hertz of a diphthong's offglide.
  let glide: SIMD4<Double>?
  /// The slope of the locus equation: how far the vowel pulls F2, from 0 (not at all) to 1 (completely).
  let locusSlope: Double
  /// The duration; for a stop, that of its closure.
  let seconds: Double
  /// The level of aspiration, the noise through the vocal tract; -100 for none.
  let aspirationDB: Double
  /// The level and the source of frication, the noise at the constriction; -100 for none.
  let fricationDB: Double
  let fricationSource: FricationNoise.Source?
  /// The durations of a stop's burst and of the aspiration after it.
  let burstSeconds: Double
  let aspirationSeconds: Double
}
