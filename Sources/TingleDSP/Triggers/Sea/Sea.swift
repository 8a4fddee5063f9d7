/// Waves on a shore.
public struct Sea: Trigger {
  public typealias Voice = SeaVoice

  /// The shore.
  public var kind = SeaKind.beach
  /// The mean rate of waves, per second.
  public var wavesPerSecond = 0.2
  /// The level of the waves, in decibels: higher waves are also brighter.
  public var intensityDB = 0.0
  /// How far the waves rise over the sea far away: 0 is an even wash, 1 the usual waves.
  public var swell = 1.0
  /// The level of the foam and of the backwash, in decibels.
  public var foamDB = 0.0
  /// The attenuation of high frequencies by distance or a window, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "sea"
  public static let summary =
    "waves that run up a beach, over pebbles, or lap at a lake, and the sea from below"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  // Waves rise over the far sea within seconds: a bed of them is guarded like events.
  public var continuity: Continuity { swell > 0.3 ? .intermittent : .continuous }
  public static let parameters: [Parameter<Sea>] = [
    .choice("kind", \.kind, "the shore"),
    .number("pace", \.wavesPerSecond, 0.05...1, .perSecond, "the mean rate of waves"),
    .number(
      "intensity", \.intensityDB, -18...12, .decibels, "the level of the waves; stronger ones are brighter"),
    .number(
      "swell", \.swell, 0...1.5, .none, "how far the waves rise over the sea far away; 0 is an even wash"),
    .number("foam", \.foamDB, -24...12, .decibels, "the level of the foam and of the backwash"),
    .number(
      "treble-cut", \.trebleCutDB, 0...24, .decibels,
      "the attenuation of high frequencies by distance or a window"),
  ]

  /// A voice about every 24 seconds; its last waves end after it.
  public var timing: Timing {
    Timing(slotSeconds: 24, jitter: 0.2, tailSeconds: 1 + Wave.tailSeconds * SeaVoice.longestStretch)
  }
}
