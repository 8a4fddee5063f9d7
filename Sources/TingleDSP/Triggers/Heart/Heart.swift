/// A heartbeat, heard at the chest or from within.
public struct Heart: Trigger {
  public typealias Voice = HeartVoice

  /// Where the heart is heard.
  public var kind = HeartKind.chest
  /// The rate of beats, per second.
  public var beatsPerSecond = 0.9
  /// The level of the beats, in decibels.
  public var intensityDB = 0.0
  /// The level of the blood that flows past, in decibels.
  public var bloodDB = 0.0

  public init() {}

  public static let name = "heart"
  public static let summary = "a heartbeat: at the chest, or as in the womb, with the blood that flows"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { kind.model.calibrationDB }
  public static let parameters: [Parameter<Heart>] = [
    .choice("kind", \.kind, "where the heart is heard"),
    .number("pace", \.beatsPerSecond, 0.5...2, .perSecond, "the rate of beats"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the beats"),
    .number("blood", \.bloodDB, -40...12, .decibels, "the level of the blood that flows"),
  ]

  /// A voice for each beat.
  public var timing: Timing { Timing(slotSeconds: 1 / beatsPerSecond, jitter: 0.05, tailSeconds: 0.7) }
}
