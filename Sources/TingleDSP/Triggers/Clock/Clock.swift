/// A clock: tick and tock, with small variations.
public struct Clock: Trigger {
  public typealias Voice = ClockVoice

  /// The kind of clock.
  public var kind = ClockKind.mantel
  /// The rate of ticks and tocks together, per second.
  public var ticksPerSecond = 1.0
  /// The level of the works, in decibels.
  public var intensityDB = 0.0
  /// The delay of the tock as a share of the beat; 0 is an even beat.
  public var swing = 0.02
  /// The energy of the reflections of the shelf, the wall and a small room, relative to the direct sound, in
  /// decibels.
  public var reflectionsDB = -3.0

  public init() {}

  public static let name = "clock"
  public static let summary = "a clock: tick and tock of its escapement, and the ring of its case"
  public var calibrationDB: Double { -0.2 }
  public static let parameters: [Parameter<Clock>] = [
    .choice(
      "kind", \.kind,
      "the kind of clock: a watch (60 cm ahead without a `place`), a mantel clock or a tall floor clock"),
    .number("pace", \.ticksPerSecond, 0.4...6, .perSecond, "the rate of ticks and tocks"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the works"),
    .number("swing", \.swing, 0...0.2, .none, "the delay of the tock, as a share of the beat"),
    .number(
      "reflections", \.reflectionsDB, -40...6, .decibels,
      "the level of the reflections of shelf, wall and a small room, relative to the direct sound"),
  ]

  public var usualDistanceMetres: Double { kind.usualDistanceMetres }

  /// A tick and a tock per slot, without jitter.
  public var timing: Timing { Timing(slotSeconds: 2 / ticksPerSecond, jitter: 0, tailSeconds: 0.6) }
}
