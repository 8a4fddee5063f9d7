/// Rain: single near drops on a surface over a diffuse field of distant rain.
public struct Rain: Trigger {
  public typealias Voice = RainVoice

  /// The surface that it falls on.
  public var surface = RainSurface.window
  /// How many drops are near enough to be told apart, per second.
  public var dropsPerSecond = 12.0
  /// How heavy it is, in decibels.
  public var intensityDB = 0.0
  /// The level of the diffuse field relative to the near drops, in decibels.
  public var diffuseDB = 0.0
  /// How much it comes and goes over minutes.
  public var gusts = 0.4

  /// The attenuation of high frequencies by a window or a wall, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "rain"
  public static let summary = "rain on a window, leaves, a tent or a puddle: near drops over a diffuse field"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -14.1 }
  /// With the diffuse field below -3 dB, the drops are single events over near silence.
  public var continuity: Continuity { diffuseDB < -3 ? .intermittent : .continuous }
  public static let parameters: [Parameter<Rain>] = [
    .choice("surface", \.surface, "what it falls on"),
    .number("pace", \.dropsPerSecond, 0.5...60, .perSecond, "drops near enough to be told apart"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "how heavy the drops are"),
    .number("diffuse", \.diffuseDB, -24...12, .decibels, "the diffuse field, relative to the near drops"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "attenuation of the highs by a window or a wall"),
    .number("gusts", \.gusts, 0...1, .none, "how much it comes and goes over minutes"),
  ]

  /// Stretches that fade into one another.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: 2) }
}

/// What rain falls on.
public enum RainSurface: String, Choice {
  case window, leaves, tent, puddle

  /// What makes it as loud as the others.
  var calibrationDB: Double {
    switch self {
    case .window: -0.5
    case .leaves: -0.9
    case .tent: -0.8
    case .puddle: -0.3
    }
  }

  /// What rings when a drop falls on it.
  var chime: Chime.Model {
    switch self {
    case .window: .init(rangeHz: 600...5200, t60Seconds: (0.05, 0.02), tiltDBPerOctave: -2)
    case .leaves: .init(rangeHz: 350...2600, t60Seconds: (0.015, 0.006), tiltDBPerOctave: -2)
    case .tent: .init(rangeHz: 130...900, t60Seconds: (0.07, 0.025), tiltDBPerOctave: -3)
    case .puddle: .init(rangeHz: 500...3000, t60Seconds: (0.01, 0.006), tiltDBPerOctave: -2)
    }
  }

  /// The splash: its band, how long it is, its level against the ring.
  var splash: (hz: ClosedRange<Double>, seconds: ClosedRange<Double>, level: Double, ring: Double) {
    switch self {
    case .window: (1400...7000, 0.5e-3...2.2e-3, 0.5, 0.6)
    case .leaves: (700...5000, 1e-3...4e-3, 0.6, 0.35)
    case .tent: (700...5500, 0.6e-3...2.5e-3, 0.7, 0.4)
    case .puddle: (1800...7000, 0.4e-3...1.4e-3, 0.3, 0)
    }
  }

  /// The weights of the diffuse field's four bands.
  var diffuse: SIMD4<Float> {
    switch self {
    case .window: SIMD4(0.55, 0.8, 0.55, 0.26)
    case .leaves: SIMD4(0.45, 0.8, 0.65, 0.3)
    case .tent: SIMD4(0.6, 0.75, 0.55, 0.25)
    case .puddle: SIMD4(0.45, 0.8, 0.6, 0.3)
    }
  }
}
