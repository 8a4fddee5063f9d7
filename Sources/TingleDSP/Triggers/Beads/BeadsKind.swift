/// Small things that knock together.
public enum BeadsKind: String, Choice {
  case marbles, beads, lid
}

/// The constants of small things that knock together.
struct BeadsModel: Sendable {
  /// The modes of one of them.
  var chime: Chime.Model
  /// The noise of a contact: its band, and its level relative to the modes.
  var noise: (bandHz: ClosedRange<Double>, levelDB: Double)
  /// The number of knocks per second in the middle of a move.
  var knocksPerSecond: Double
  /// The length of a contact.
  var contactSeconds: Double
  /// The standard deviation of the level of the knocks.
  var spreadDB: Double
  /// The mean number of bounces after a knock.
  var bounces: Double
  /// How much the hand that holds them damps them.
  var damping: ClosedRange<Double>
  var calibrationDB: Double
}

extension BeadsKind {
  var model: BeadsModel {
    switch self {
    case .marbles:
      // Glass balls in a hand and on one another.
      BeadsModel(
        chime: .init(rangeHz: 1900...9500, t60Seconds: (0.05, 0.025), tiltDBPerOctave: -0.5),
        noise: (2500...8000, -7),
        knocksPerSecond: 11, contactSeconds: 0.11e-3, spreadDB: 6, bounces: 0.7, damping: 1...3.5,
        calibrationDB: 1.5)
    case .beads:
      // Wooden beads on a string.
      BeadsModel(
        chime: .init(rangeHz: 900...6000, t60Seconds: (0.024, 0.011), tiltDBPerOctave: -2),
        noise: (1200...5000, -6),
        knocksPerSecond: 34, contactSeconds: 0.2e-3, spreadDB: 6, bounces: 0.5, damping: 1...2.5,
        calibrationDB: 0.7)
    case .lid:
      // The cavity of a jar, and its lid.
      BeadsModel(
        chime: .init(rangeHz: 420...1500, t60Seconds: (0.035, 0.014), tiltDBPerOctave: -5, modes: 4),
        noise: (900...3500, -14),
        knocksPerSecond: 0, contactSeconds: 0.45e-3, spreadDB: 2.5, bounces: 0, damping: 0.9...1.2,
        calibrationDB: 11.2)
    }
  }

  /// The lid of a jar as it touches the rim and the table.
  static var lidModel: Chime.Model {
    .init(rangeHz: 900...5200, t60Seconds: (0.06, 0.02), tiltDBPerOctave: -4)
  }

  /// The moves of the hand: it rolls what it holds to and fro.
  static var manner: HandMotion.Manner {
    .init(
      seconds: 0.5...1.4, pauseSeconds: 0.08...0.4, restSeconds: 0.4...1.4, strokes: 2...5, returns: 0.6,
      tremor: 0)
  }
}
