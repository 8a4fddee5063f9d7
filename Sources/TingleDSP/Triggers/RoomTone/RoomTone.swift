/// Room tone: the air of a quiet room, and sounds from the rest of the house.
public struct RoomTone: Trigger {
  public typealias Voice = RoomToneVoice

  /// The gain of the upper frequencies of the air, in decibels.
  public var airDB = 0.0
  /// The mean rate of sounds from the rest of the house, per second; 0 for none.
  public var eventsPerSecond = 2.0 / 60
  /// The level of these sounds, in decibels.
  public var houseDB = 0.0

  public init() {}

  public static let name = "roomtone"
  public static let summary =
    "a quiet room: its air, and sometimes soft knocks from the house behind the walls"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -8.7 }
  public var continuity: Continuity { .continuous }
  public static let parameters: [Parameter<RoomTone>] = [
    .number("air", \.airDB, -24...12, .decibels, "the gain of the upper frequencies of the air"),
    .number(
      "pace", \.eventsPerSecond, 0...12.0 / 60, .perSecond, "the rate of sounds in the house; 0/s for none"),
    .number("house", \.houseDB, -24...12, .decibels, "the level of the sounds from the house"),
  ]

  /// A voice about every ten seconds, with a crossfade.
  public var timing: Timing { Timing(slotSeconds: 10, jitter: 0.3, tailSeconds: 4) }
}
