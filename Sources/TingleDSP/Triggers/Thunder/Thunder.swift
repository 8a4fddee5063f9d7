/// Thunder far away: it rises over seconds, rolls and dies away.
public struct Thunder: Trigger {
  public typealias Voice = ThunderVoice

  /// The mean rate of thunders, per second.
  public var thundersPerSecond = 1.0 / 90
  /// The mean distance of the lightning; the storm wanders around it.
  public var distanceMetres = 6000.0
  /// The level of the thunder at its distance, in decibels.
  public var intensityDB = 0.0
  /// How slowly a thunder rises, 0 ... 1: within 1 s to 4 s.
  public var softness = 0.5

  public init() {}

  public static let name = "thunder"
  public static let summary = "thunder far away: it rises slowly, rolls and dies away; the storm wanders"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -0.8 }
  public static let parameters: [Parameter<Thunder>] = [
    .number("pace", \.thundersPerSecond, 0.05 / 60...4.0 / 60, .perSecond, "the mean rate of thunders"),
    .number(
      "distance", \.distanceMetres, 2000...20_000, .metres,
      "the mean distance of the lightning; thunder from far away is darker, longer and softer"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the thunder"),
    .number("softness", \.softness, 0...1, .none, "how slowly a thunder rises: 1 s to 4 s"),
  ]

  /// At most one thunder in a slot, which can roll on for half a minute.
  public var timing: Timing { Timing(slotSeconds: 12, jitter: 0.4, tailSeconds: ThunderVoice.longestSeconds) }
}
