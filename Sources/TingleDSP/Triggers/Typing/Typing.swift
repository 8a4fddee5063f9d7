/// Keys that are pressed: a keyboard, a typewriter, a controller or a mouse.
public struct Typing: Trigger {
  public typealias Voice = TypingVoice

  /// What is typed on.
  public var kind = TypingKind.laptop
  /// The mean rate of keys while the hands type, per second.
  public var keysPerSecond = 4.5
  /// The text whose letters are typed, again and again; empty for words drawn at random.
  public var text = ""
  /// The force of the fingers, in decibels; a harder press is also brighter.
  public var intensityDB = 0.0
  /// The level of the keys that come up again, in decibels.
  public var releaseDB = 0.0
  /// A factor on the pauses between two runs of keys; 0 is without pauses.
  public var rest = 1.0
  /// The attenuation of high frequencies, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "type"
  public static let summary =
    "fingers on a keyboard, a typewriter, a controller or a mouse, in the rhythm of a text"
  public var calibrationDB: Double { kind.calibrationDB }
  public static let parameters: [Parameter<Typing>] = [
    .choice("kind", \.kind, "what is typed on"),
    .number("pace", \.keysPerSecond, 0.5...10, .perSecond, "the mean rate of keys while the hands type"),
    .text("text", \.text, limit: 12_000, "the text that is typed; without one, words are drawn at random"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels, "the force; a harder press is also brighter"),
    .number("release", \.releaseDB, -40...12, .decibels, "the level of the keys that come up again"),
    .number("rest", \.rest, 0...4, .none, "a factor on the pauses between runs of keys; 0 for none"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies"),
  ]

  /// A run of some 24 keys for each slot, then a pause.
  public var timing: Timing {
    Timing(
      slotSeconds: KeyRun.usualKeys / keysPerSecond + 0.7 * rest + kind.carriageSeconds, jitter: 0.1,
      tailSeconds: TypingVoice.tailSeconds)
  }
}
