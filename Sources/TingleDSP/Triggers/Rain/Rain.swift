/// Rain: single near drops on a surface over a field of rain at all distances.
public struct Rain: Trigger {
  public typealias Voice = RainVoice

  /// The surface that the rain falls on.
  public var surface = RainSurface.window
  /// The rainfall rate in mm/h: drizzle 0.5, light rain 2, moderate rain 10, a downpour 50. Sizes and number
  /// of the drops, level and spectrum follow.
  public var rainfall = 10.0
  /// The rate of single near drops at a rainfall of 10 mm/h, per second.
  public var dropsPerSecond = 100.0
  /// The level of the rain, in decibels.
  public var intensityDB = 0.0
  /// The level of the field relative to the near drops, in decibels.
  public var diffuseDB = 0.0
  /// The depth of the changes of level and rate over minutes, 0 ... 1.
  public var gusts = 0.4
  /// The attenuation of high frequencies by a window or a wall, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "rain"
  public static let summary =
    "rain on a window, leaves, a tent, a roof, a street and more: near drops over rain all around"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -32.7 }
  /// With the field below -3 dB, the drops are single events over near silence.
  public var continuity: Continuity { diffuseDB < -3 ? .intermittent : .continuous }
  public static let parameters: [Parameter<Rain>] = [
    .choice("surface", \.surface, "the surface that the rain falls on"),
    .number(
      "rainfall", \.rainfall, 0.5...100, .millimetresPerHour,
      "the rainfall rate: 0.5 is drizzle, 50 a downpour"),
    .number(
      "pace", \.dropsPerSecond, 0.5...200, .perSecond, "the rate of single near drops at 10 mm/h"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the rain"),
    .number(
      "diffuse", \.diffuseDB, -24...12, .decibels, "the level of the distant rain, relative to the drops"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of highs by a window or a wall"),
    .number("gusts", \.gusts, 0...1, .none, "the depth of the changes of level and rate over minutes"),
  ]

  /// A voice about every eight seconds, with a crossfade.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: 2) }
}
