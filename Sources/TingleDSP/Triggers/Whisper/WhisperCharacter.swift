/// The whispering voice: a preset of vocal tract length, spectral tilt and frication level.
public enum WhisperCharacter: String, Choice {
  case soft, neutral, low, bright, stage

  var profile: WhisperProfile {
    switch self {
    case .soft:
      WhisperProfile(scale: 1.15, tiltDBPerOctave: -3.5, fricationDB: -12.7, openF1ShiftHz: 110, levelDB: 0)
    case .neutral:
      WhisperProfile(scale: 1.02, tiltDBPerOctave: -3, fricationDB: -8, openF1ShiftHz: 80, levelDB: -1)
    case .low:
      WhisperProfile(scale: 1.0, tiltDBPerOctave: -4, fricationDB: -11.7, openF1ShiftHz: 110, levelDB: 1)
    case .bright:
      WhisperProfile(scale: 1.18, tiltDBPerOctave: -0.5, fricationDB: -7.7, openF1ShiftHz: 110, levelDB: -4.2)
    case .stage:
      WhisperProfile(scale: 1.06, tiltDBPerOctave: 0, fricationDB: -2.7, openF1ShiftHz: 180, levelDB: -6.5)
    }
  }
}
