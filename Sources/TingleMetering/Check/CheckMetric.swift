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

/// The target ranges of a track's metrics.
public struct Targets: Sendable {
  /// The targets for falling asleep and staying asleep.
  public static let sleep = Targets(
    floorDB: 10,
    ranges: [
      .integrated: -31...(-29), .truePeak: -.infinity...(-3), .range: 0...5, .momentary: -.infinity...6,
      .jump: 0...6,
      .fast: 0...10, .rise: 0...20, .contrast: 0...20, .centroid: 150...2000,
      .fiveKilohertz: -.infinity...(-12),
      .correlation: 0...0.85, .sides: 0...4, .balance: 0...1, .rumble: -.infinity...(-30),
      .offset: -.infinity...(-60),
      .silence: 0...0.5, .entrance: 5...(.infinity), .exit: 30...(.infinity),
    ])

  /// The targets for listening while awake.
  public static let awake = Targets(
    floorDB: 25,
    ranges: [
      .integrated: -28...(-24), .truePeak: -.infinity...(-1), .range: 0...10, .momentary: -.infinity...9,
      .jump: 0...9,
      .fast: 0...15, .contrast: 0...40, .fiveKilohertz: -.infinity...(-2), .correlation: 0...0.85,
      .balance: 0...1,
      .rumble: -.infinity...(-30), .offset: -.infinity...(-60), .silence: 0...0.5, .entrance: 1...(.infinity),
      .exit: 4...(.infinity),
    ])

  /// The noise floor of the listening room, in decibels below the track's mean level.
  public let floorDB: Double
  /// The target range of each metric; a metric without a range is reported and not judged.
  public let ranges: [CheckMetric: ClosedRange<Double>]
}
