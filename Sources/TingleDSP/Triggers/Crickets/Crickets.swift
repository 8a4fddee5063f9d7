/// Crickets at night: a few that are heard one by one, and many far away.
public struct Crickets: Trigger {
  public typealias Voice = CricketsVoice

  /// Who sings.
  public var kind = CricketKind.field
  /// The mean rate of chirps of one singer, per second. It falls as the night cools: an arc that slows the
  /// pace slows the crickets.
  public var chirpsPerSecond = 2.2
  /// The level of the singers that are heard one by one, in decibels.
  public var intensityDB = 0.0
  /// The level of the singers far away, in decibels.
  public var chorusDB = 0.0
  /// The attenuation of high frequencies by a window, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "crickets"
  public static let summary = "crickets at night: in a field, in a meadow, or a single one"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  // Singers that are near rest now and then: a bed of them is guarded like events.
  public var continuity: Continuity { .intermittent }
  public static let parameters: [Parameter<Crickets>] = [
    .choice("kind", \.kind, "who sings"),
    .number("pace", \.chirpsPerSecond, 0.3...4, .perSecond, "the rate of chirps of one singer"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the singers that are near"),
    .number("chorus", \.chorusDB, -40...12, .decibels, "the level of the singers far away"),
    .number(
      "treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies by a window"),
  ]

  /// A voice about every twelve seconds; its last chirps end after it.
  public var timing: Timing { Timing(slotSeconds: 12, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.5
}
