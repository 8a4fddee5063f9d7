/// Rain: single near drops on a surface over a diffuse field of distant rain.
public struct Rain: Trigger {
  public typealias Voice = RainVoice

  /// The surface that the rain falls on.
  public var surface = RainSurface.window
  /// The rate of single near drops, per second.
  public var dropsPerSecond = 12.0
  /// The level of the rain, in decibels.
  public var intensityDB = 0.0
  /// The level of the diffuse field relative to the near drops, in decibels.
  public var diffuseDB = 0.0
  /// The depth of the changes of level and rate over minutes, 0 ... 1.
  public var gusts = 0.4
  /// The attenuation of high frequencies by a window or a wall, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "rain"
  public static let summary = "rain on a window, leaves, a tent or a puddle: near drops over a diffuse field"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -15.1 }
  /// With the diffuse field below -3 dB, the drops are single events over near silence.
  public var continuity: Continuity { diffuseDB < -3 ? .intermittent : .continuous }
  public static let parameters: [Parameter<Rain>] = [
    .choice("surface", \.surface, "the surface that the rain falls on"),
    .number("pace", \.dropsPerSecond, 0.5...60, .perSecond, "the rate of single near drops"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the rain"),
    .number(
      "diffuse", \.diffuseDB, -24...12, .decibels, "the level of the distant rain, relative to the drops"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of highs by a window or a wall"),
    .number("gusts", \.gusts, 0...1, .none, "the depth of the changes of level and rate over minutes"),
  ]

  /// A voice about every eight seconds, with a crossfade.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: 2) }
}
