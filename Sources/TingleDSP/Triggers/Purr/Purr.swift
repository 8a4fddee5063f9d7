/// A cat that purrs: pulses of the larynx at 26 a second, in and out with the breath.
public struct Purr: Trigger {
  public typealias Voice = PurrVoice

  /// The rate of breaths, per second.
  public var breathsPerSecond = 0.32
  /// The rate of pulses while the cat breathes in, in hertz.
  public var pulseHz = 25.0
  /// The level of the purr, in decibels.
  public var intensityDB = 0.0
  /// The level of the breath, in decibels.
  public var breathDB = 0.0
  /// The attenuation of high frequencies by the fur, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "purr"
  public static let summary = "a cat that purrs, in and out with its breath"
  public static let sourceExtent = SourceExtent.point
  public var calibrationDB: Double { -7.8 }
  public static let parameters: [Parameter<Purr>] = [
    .number("pace", \.breathsPerSecond, 0.15...0.8, .perSecond, "the rate of breaths"),
    .number("pulse", \.pulseHz, 18...32, .hertz, "the rate of the pulses of the larynx"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the purr"),
    .number("breath", \.breathDB, -40...12, .decibels, "the level of the breath"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation of high frequencies by the fur"),
  ]

  /// A voice for each breath, in and out.
  public var timing: Timing { Timing(slotSeconds: 1 / breathsPerSecond, jitter: 0.1, tailSeconds: 0.6) }
}
