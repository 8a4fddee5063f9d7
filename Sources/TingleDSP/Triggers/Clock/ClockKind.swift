/// A kind of clock.
public enum ClockKind: String, Choice {
  case watch, mantel, tall

  /// The modes of the works, of brass and steel.
  var works: Chime.Model {
    switch self {
    case .watch: .init(rangeHz: 3500...11000, t60Seconds: (0.02, 0.006), tiltDBPerOctave: -3)
    case .mantel: .init(rangeHz: 1800...7500, t60Seconds: (0.045, 0.015), tiltDBPerOctave: -4)
    case .tall: .init(rangeHz: 1100...6000, t60Seconds: (0.07, 0.02), tiltDBPerOctave: -5)
    }
  }

  /// The modes of the case and its support.
  var body: Chime.Model {
    switch self {
    case .watch: .init(rangeHz: 900...3500, t60Seconds: (0.014, 0.007), tiltDBPerOctave: -4)
    case .mantel: .init(rangeHz: 220...1800, t60Seconds: (0.08, 0.035), tiltDBPerOctave: -4)
    case .tall: .init(rangeHz: 130...1100, t60Seconds: (0.11, 0.04), tiltDBPerOctave: -4)
    }
  }

  /// The gain that makes the clock as loud as the others, in decibels.
  var calibrationDB: Double { self == .watch ? 4 : self == .mantel ? 0 : -1.8 }

  /// The distance of a clock without a place. A clock stands in the room; a watch lies nearer.
  var usualDistanceMetres: Double { self == .watch ? 0.6 : 1.5 }

  /// The time from the unlocking of the escapement to its drop.
  var dropSeconds: Double { self == .watch ? 0.0042 : self == .mantel ? 0.01 : 0.028 }
}
