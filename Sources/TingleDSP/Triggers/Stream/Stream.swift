/// Running water outdoors: a brook, a river or a waterfall.
public struct Stream: Trigger {
  public typealias Voice = StreamVoice

  /// The water.
  public var kind = StreamKind.brook
  /// How much water runs relative to the usual amount: more water is denser, and its bubbles are larger.
  public var flow = 1.0
  /// The level of the water, in decibels.
  public var intensityDB = 0.0
  /// The level of the bubbles, which gurgle, in decibels.
  public var bubblesDB = 0.0
  /// The depth of the slow changes of the level, relative to the usual one.
  public var unrest = 1.0
  /// The attenuation of high frequencies by distance or a window, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "stream"
  public static let summary = "running water outdoors: a brook, a river, a waterfall"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  public var continuity: Continuity { .continuous }
  public static let parameters: [Parameter<Stream>] = [
    .choice("kind", \.kind, "the water"),
    .number(
      "flow", \.flow, 0.25...4, .none, "how much water runs; more is denser, with larger and lower bubbles"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the water"),
    .number("bubbles", \.bubblesDB, -24...12, .decibels, "the level of the bubbles, which gurgle"),
    .number("unrest", \.unrest, 0...3, .none, "the depth of slow changes of the level; 0 for none"),
    .number(
      "treble-cut", \.trebleCutDB, 0...24, .decibels,
      "the attenuation of high frequencies by distance or a window"),
  ]

  /// A voice about every ten seconds, with a crossfade of one second.
  public var timing: Timing { Timing(slotSeconds: 10, jitter: 0.3, tailSeconds: Self.crossfadeSeconds + 0.5) }

  static let crossfadeSeconds = 1.0
}
