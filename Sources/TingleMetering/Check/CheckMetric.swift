/// A metric that `SoundCheck` measures of a track.
public enum CheckMetric: String, CaseIterable, Sendable {
  case integrated, truePeak, range, momentary, jump, fast, rise, contrast, centroid, fiveKilohertz,
    correlation, sides, balance, rumble, offset, silence, entrance, exit

  /// The name of the metric for output.
  public var title: String {
    switch self {
    case .integrated: "integrated loudness"
    case .truePeak: "true peak"
    case .range: "loudness range"
    case .momentary: "max momentary loudness above integrated"
    case .jump: "max momentary loudness above last 10 s"
    case .fast: "max 125 ms level above mean"
    case .rise: "fastest rise in 10 ms"
    case .contrast: "max 10 ms level above background"
    case .centroid: "spectral centroid"
    case .fiveKilohertz: "octave at 5 kHz relative to total"
    case .correlation: "interaural correlation"
    case .sides: "left-right level variation"
    case .balance: "left-right balance"
    case .rumble: "below 20 Hz relative to total"
    case .offset: "DC offset"
    case .silence: "longest digital silence"
    case .entrance: "fade-in time"
    case .exit: "fade-out time"
    }
  }

  /// The unit of the metric; empty for a pure number.
  public var unit: String {
    switch self {
    case .integrated: "LUFS"
    case .truePeak: "dBTP"
    case .range, .momentary, .jump: "LU"
    case .centroid: "Hz"
    case .correlation: ""
    case .offset: "dBFS"
    case .silence, .entrance, .exit: "s"
    default: "dB"
    }
  }
}
