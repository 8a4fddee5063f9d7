/// The whispering voice: a preset of vocal tract length, spectral tilt and frication level.
public enum WhisperCharacter: String, Choice {
  case soft, neutral, low, bright, stage

  var profile: WhisperProfile {
    switch self {
    case .soft:
      WhisperProfile(
        scale: 1.11, tiltDBPerOctave: -3, fricationDB: -12.5, openF1ShiftHz: 80, levelDB: 0)
    case .neutral:
      WhisperProfile(
        scale: 1.04, tiltDBPerOctave: -2.5, fricationDB: -10.5, openF1ShiftHz: 80, levelDB: -1)
    case .low:
      WhisperProfile(
        scale: 1.0, tiltDBPerOctave: -3.5, fricationDB: -12, openF1ShiftHz: 80, levelDB: 1)
    case .bright:
      WhisperProfile(
        scale: 1.17, tiltDBPerOctave: -1.5, fricationDB: -10.5, openF1ShiftHz: 80, levelDB: -3)
    case .stage:
      WhisperProfile(
        scale: 1.06, tiltDBPerOctave: 0, fricationDB: -5, openF1ShiftHz: 150, levelDB: -6.5)
    }
  }
}
