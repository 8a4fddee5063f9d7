/// A bed of steady coloured noise, different in each ear.
public struct Noise: Trigger {
  public typealias Voice = NoiseVoice

  /// The colour's slope, in decibels per octave.
  public var slopeDBPerOctave = -4.5
  /// The attenuation above 2 kHz, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "noise"
  public static let summary = "a steady bed of coloured noise, different in each ear"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double { -28.4 }
  public var continuity: Continuity { .steady }
  public static let parameters: [Parameter<Noise>] = [
    .number(
      "colour", \.slopeDBPerOctave, -6...(-1), .decibelsPerOctave,
      names: ["pink": -3, "soft": -4.5, "brown": -6], "how much darker each octave is than the one below"),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "attenuation above 2 kHz"),
  ]

  /// Voices of about eight seconds, each fading into the next over one.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.0
}
