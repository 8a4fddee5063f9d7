/// A machine that runs: a fan, an air conditioner, the cabin of an aeroplane and more.
public struct Fan: Trigger {
  public typealias Voice = FanVoice

  /// The machine.
  public var kind = FanKind.ceilingFan
  /// The speed of the motor relative to the usual one: it moves the tones and the turning.
  public var speed = 1.0
  /// The level of the tones of the motor relative to a recording with soft tones, in decibels.
  public var tonesDB = 0.0
  /// The depth of the turning and of the slow unsteadiness, relative to the usual one.
  public var unrest = 1.0
  /// The attenuation of high frequencies by a wall or a door, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "fan"
  public static let summary =
    "a machine that runs: a fan, an air conditioner, a dryer, a vacuum cleaner, an aeroplane, a train"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  public var continuity: Continuity { .steady }
  public static let parameters: [Parameter<Fan>] = [
    .choice("kind", \.kind, "the machine"),
    .number(
      "speed", \.speed, 0.5...1.6, .none, "the speed of the motor: the pitch of its tones, and its turning"),
    .number("tones", \.tonesDB, -40...6, .decibels, "the level of the tones of the motor"),
    .number("unrest", \.unrest, 0...2, .none, "the depth of the turning and of slow changes of the level"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies by a wall"),
  ]

  /// A voice about every ten seconds, with a crossfade of one second.
  public var timing: Timing { Timing(slotSeconds: 10, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.0
}
