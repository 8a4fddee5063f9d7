/// The spectrum of steady noise: a slope, or a curve with a name.
public enum NoiseColour: Sendable, Equatable {
  /// A constant slope, -6 ... 6 dB per octave.
  case slope(dBPerOctave: Double)
  /// All frequencies are equally loud at a low level: the contour of ISO 226:2003 at 40 phon, from 60 Hz.
  case grey
  /// The middle of the spectrum: a broad maximum at 500 Hz.
  case green

  public static var brown: Self { .slope(dBPerOctave: -6) }
  public static var pink: Self { .slope(dBPerOctave: -3) }
  public static var white: Self { .slope(dBPerOctave: 0) }

  /// The slope of the noise before the filters of `sections`.
  var slopeDBPerOctave: Double {
    switch self {
    case .slope(let slope): slope
    case .grey: -6
    case .green: -3
    }
  }

  /// The filters after the slope filter: none for a slope.
  func sections(sampleRate: Double) -> [BiquadCoefficients] {
    switch self {
    case .slope: []
    case .grey:
      // Fitted to the contour: within 3 dB from 63 Hz to 12.5 kHz.
      [
        .peak(centreHz: 389, gainDB: -17.5, q: 0.3, sampleRate: sampleRate),
        .peak(centreHz: 3920, gainDB: -11.2, q: 1.02, sampleRate: sampleRate),
        .highShelf(cornerHz: 5055, gainDB: 22.9, sampleRate: sampleRate),
      ]
    case .green:
      [
        .peak(centreHz: 500, gainDB: 14, q: 0.5, sampleRate: sampleRate),
        .highShelf(cornerHz: 3000, gainDB: -8, sampleRate: sampleRate),
        .highPass(cutoffHz: 90, q: 0.7071, sampleRate: sampleRate),
      ]
    }
  }
}

extension NoiseColour: NumberOrWord {
  init?(_ value: ParameterValue) {
    switch value {
    case .number(let slope): self = .slope(dBPerOctave: slope)
    case .word("grey"): self = .grey
    case .word("green"): self = .green
    default: return nil
    }
  }

  var parameterValue: ParameterValue {
    switch self {
    case .slope(let slope): .number(slope)
    case .grey: .word("grey")
    case .green: .word("green")
    }
  }
}
