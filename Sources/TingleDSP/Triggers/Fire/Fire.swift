/// A wood fire: crackles from faint to strong, hiss, and flames.
public struct Fire: Trigger {
  public typealias Voice = FireVoice

  /// The rate of crackles, the faint ones included, per second.
  public var cracklesPerSecond = 20.0
  /// The level of the crackles, in decibels.
  public var intensityDB = 0.0
  /// The attenuation of the strongest crackles, 0 ... 1: 0 is none, 1 is up to 24 dB.
  public var softness = 0.3
  /// The level of the hiss of resin and steam, in decibels.
  public var hissDB = 0.0
  /// The level of the flames, in decibels.
  public var flamesDB = 0.0

  public init() {}

  public static let name = "fire"
  public static let summary = "a wood fire: crackle, hiss and flames"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { 0 }
  public static let parameters: [Parameter<Fire>] = [
    .number(
      "pace", \.cracklesPerSecond, 0.5...100, .perSecond, "the rate of crackles, the faint ones included"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the crackles"),
    .number("softness", \.softness, 0...1, .none, "the attenuation of the strongest crackles"),
    .number("hiss", \.hissDB, -40...12, .decibels, "the level of the hiss of resin and steam"),
    .number("flames", \.flamesDB, -40...12, .decibels, "the level of the flames"),
  ]

  /// A voice about every eight seconds, with a crossfade.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: 4) }
}
