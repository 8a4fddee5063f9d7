/// A clock in the room: tick and tock, never quite the same.
public struct Clock: Trigger {
  public typealias Voice = ClockVoice

  /// What kind of clock it is.
  public var kind = ClockKind.mantel
  /// Ticks and tocks per second.
  public var ticksPerSecond = 1.0
  /// How strong the works are, in decibels.
  public var intensityDB = 0.0
  /// The delay of the tock as a share of the beat; 0 is an even beat.
  public var swing = 0.02

  public init() {}

  public static let name = "clock"
  public static let summary = "a clock: tick and tock of its escapement, and the ring of its case"
  public var calibrationDB: Double { -6.4 }
  public static let parameters: [Parameter<Clock>] = [
    .choice("kind", \.kind, "a watch, a clock on the mantelpiece, or a tall one on the floor"),
    .number("pace", \.ticksPerSecond, 0.4...6, .perSecond, "ticks and tocks"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how strong the works are"),
    .number("swing", \.swing, 0...0.2, .none, "the delay of the tock, as a share of the beat"),
  ]

  /// A tick and a tock to a slot, as regular as a clock.
  public var timing: Timing { Timing(slotSeconds: 2 / ticksPerSecond, jitter: 0, tailSeconds: 0.6) }
}

/// What kind of clock it is.
public enum ClockKind: String, Choice {
  case watch, mantel, tall

  /// The works, of brass and steel.
  var works: Chime.Model {
    switch self {
    case .watch: .init(rangeHz: 3500...11000, t60Seconds: (0.02, 0.006), tiltDBPerOctave: -3)
    case .mantel: .init(rangeHz: 1800...7500, t60Seconds: (0.045, 0.015), tiltDBPerOctave: -4)
    case .tall: .init(rangeHz: 900...5000, t60Seconds: (0.07, 0.02), tiltDBPerOctave: -5)
    }
  }

  /// The case, and what it stands on.
  var body: Chime.Model {
    switch self {
    case .watch: .init(rangeHz: 900...3500, t60Seconds: (0.02, 0.01), tiltDBPerOctave: -4)
    case .mantel: .init(rangeHz: 220...1800, t60Seconds: (0.11, 0.05), tiltDBPerOctave: -4)
    case .tall: .init(rangeHz: 130...1100, t60Seconds: (0.16, 0.06), tiltDBPerOctave: -4)
    }
  }

  /// What makes it as loud as the others.
  var calibrationDB: Double { self == .watch ? 5.9 : self == .mantel ? 0 : -1.6 }

  /// How long it takes from the unlocking to the drop.
  var dropSeconds: Double { self == .watch ? 0.006 : self == .mantel ? 0.014 : 0.028 }
}
