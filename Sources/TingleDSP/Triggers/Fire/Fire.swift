/// A wood fire: crackle of very different strength, hiss, and the lapping of the flames.
public struct Fire: Trigger {
  public typealias Voice = FireVoice

  /// Crackles per second, the fainter ones among them.
  public var cracklesPerSecond = 14.0
  /// How hard it crackles, in decibels.
  public var intensityDB = 0.0
  /// How much is taken off the loudest cracks, 0 nothing, 1 up to 24 dB.
  public var softness = 0.3
  /// How loud hissing resin and steam are.
  public var hissDB = 0.0
  /// How loud the flames' lapping is.
  public var flamesDB = 0.0

  public init() {}

  public static let name = "fire"
  public static let summary = "a wood fire: crackle, hiss, the lapping of flames"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { -2.8 }
  public static let parameters: [Parameter<Fire>] = [
    .number("pace", \.cracklesPerSecond, 0.5...100, .perSecond, "crackles, the faint ones among them"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how hard it crackles"),
    .number("softness", \.softness, 0...1, .none, "how much is taken off the loudest cracks"),
    .number("hiss", \.hissDB, -40...12, .decibels, "of resin and steam"),
    .number("flames", \.flamesDB, -40...12, .decibels, "how loud they lap"),
  ]

  /// Stretches that fade into one another.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: 3.6) }
}
