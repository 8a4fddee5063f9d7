/// The sound of a quiet room: its air, and a house far behind the walls.
public struct RoomTone: Trigger {
  public typealias Voice = RoomToneVoice

  /// How bright the air is, in decibels above 1 kHz.
  public var airDB = 0.0
  /// The mean rate of sounds from the rest of the house, per second; 0 for none.
  public var eventsPerSecond = 2.0 / 60
  /// How loud it is then.
  public var houseDB = 0.0

  public init() {}

  public static let name = "roomtone"
  public static let summary = "a quiet room: its air, and now and then the house, far behind the walls"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -8.7 }
  public var continuity: Continuity { .continuous }
  public static let parameters: [Parameter<RoomTone>] = [
    .number("air", \.airDB, -24...12, .decibels, "how bright the room's air is"),
    .number("pace", \.eventsPerSecond, 0...12.0 / 60, .perSecond, "sounds from the house; 0/s for none"),
    .number("house", \.houseDB, -24...12, .decibels, "how loud the house is"),
  ]

  /// Stretches that fade into one another.
  public var timing: Timing { Timing(slotSeconds: 10, jitter: 0.3, tailSeconds: 4) }
}
