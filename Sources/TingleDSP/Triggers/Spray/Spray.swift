/// A bottle that sprays a fine mist: a soft puff, and droplets that fall.
public struct Spray: Trigger {
  public typealias Voice = SprayVoice

  /// The bottle.
  public var kind = SprayKind.pump
  /// The rate of puffs, per second.
  public var puffsPerSecond = 0.4
  /// The level of the puffs, in decibels.
  public var intensityDB = 0.0
  /// The level of the pump's lever, in decibels.
  public var leverDB = 0.0
  /// The level of the droplets that fall after a puff, in decibels.
  public var dropletsDB = 0.0
  /// The attenuation of high frequencies, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "spray"
  public static let summary = "a bottle that sprays a fine mist: the lever, a soft puff, droplets that fall"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { kind.model.calibrationDB }
  public static let parameters: [Parameter<Spray>] = [
    .choice("kind", \.kind, "the bottle"),
    .number("pace", \.puffsPerSecond, 0.05...2, .perSecond, "the rate of puffs"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the puffs"),
    .number("lever", \.leverDB, -40...12, .decibels, "the level of the lever of the pump"),
    .number("droplets", \.dropletsDB, -40...12, .decibels, "the level of the droplets that fall"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies"),
  ]

  /// A puff for each slot.
  public var timing: Timing {
    Timing(slotSeconds: 1 / puffsPerSecond, jitter: 0.2, tailSeconds: SprayVoice.longestSeconds)
  }
}
