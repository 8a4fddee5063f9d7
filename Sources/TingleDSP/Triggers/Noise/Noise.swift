/// Steady coloured noise, independent in each ear.
public struct Noise: Trigger {
  public typealias Voice = NoiseVoice

  /// The slope of the spectrum, in decibels per octave.
  public var slopeDBPerOctave = -4.5
  /// The attenuation above 2 kHz, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "noise"
  public static let summary = "steady coloured noise, different in each ear"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -28.4 }
  public var continuity: Continuity { .steady }
  public static let parameters: [Parameter<Noise>] = [
    .number(
      "colour", \.slopeDBPerOctave, -6...(-1), .decibelsPerOctave,
      names: ["pink": -3, "soft": -4.5, "brown": -6], "the slope of the spectrum"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation above 2 kHz"),
  ]

  /// A voice about every eight seconds, with a crossfade of one second.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.0
}
