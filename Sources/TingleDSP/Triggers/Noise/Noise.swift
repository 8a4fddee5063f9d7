/// Steady coloured noise, independent in each ear.
public struct Noise: Trigger {
  public typealias Voice = NoiseVoice

  /// The spectrum.
  public var colour = NoiseColour.slope(dBPerOctave: -4.5)
  /// The attenuation above 2 kHz, in decibels.
  public var trebleCutDB = 0.0

  public init() {}

  public static let name = "noise"
  public static let summary = "steady coloured noise, different in each ear"
  public static let sourceExtent = SourceExtent.ambient
  public var calibrationDB: Double {
    switch colour {
    case .slope(let slope) where slope > -1: -29.7 - 0.25 * slope
    case .grey: -30
    case .slope, .green: -28.4
    }
  }
  public var continuity: Continuity { .steady }
  public static let parameters: [Parameter<Noise>] = [
    .number(
      "colour", \.colour, -6...6, .decibelsPerOctave,
      names: [
        "brown": .brown, "soft": .slope(dBPerOctave: -4.5), "pink": .pink, "white": .white,
        "blue": .slope(dBPerOctave: 3), "violet": .slope(dBPerOctave: 6), "grey": .grey, "green": .green,
      ], "the slope of the spectrum; grey: equally loud at all frequencies, green: the middle of the spectrum"
    ),
    .number("treble-cut", \.trebleCutDB, 0...24, .decibels, "the attenuation above 2 kHz"),
  ]

  /// A voice about every eight seconds, with a crossfade of one second.
  public var timing: Timing { Timing(slotSeconds: 8, jitter: 0.3, tailSeconds: Self.crossfadeSeconds) }

  static let crossfadeSeconds = 1.0
}
