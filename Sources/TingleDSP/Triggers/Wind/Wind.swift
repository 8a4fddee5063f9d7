/// Wind in trees, round a house, through a gap or over open land.
public struct Wind: Trigger {
  public typealias Voice = WindVoice

  /// Where the wind blows.
  public var kind = WindKind.trees
  /// The mean speed of the wind relative to the usual one, in decibels of its level.
  public var intensityDB = 0.0
  /// The depth of the gusts, relative to the usual one.
  public var gusts = 1.0
  /// The level of the whistling of gaps and edges, in decibels.
  public var howlDB = 0.0
  /// The attenuation of high frequencies by a wall or a window, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "wind"
  public static let summary = "wind in trees, round a house, howling through a gap, or over open land"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  public var continuity: Continuity { .continuous }
  public static let parameters: [Parameter<Wind>] = [
    .choice("kind", \.kind, "where the wind blows"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels, "the strength of the wind; stronger wind is brighter"),
    .number("gusts", \.gusts, 0...1.5, .none, "the depth of the gusts; 0 is an even wind"),
    .number("howl", \.howlDB, -40...6, .decibels, "the level of the whistling of gaps and edges"),
    .number(
      "treble-cut", \.trebleCutDB, 0...24, .decibels,
      "the attenuation of high frequencies by a wall or a window"),
  ]

  /// A voice about every twelve seconds, with a crossfade.
  public var timing: Timing { Timing(slotSeconds: 12, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.5
}
