/// What is measured of a track.
public enum CheckMetric: String, CaseIterable, Sendable {
  case integrated, truePeak, range, momentary, jump, fast, rise, contrast, centroid, fiveKilohertz,
    correlation, sides, balance, rumble, offset, silence, entrance, exit

  /// For people.
  public var title: String {
    switch self {
    case .integrated: "integrated loudness"
    case .truePeak: "true peak"
    case .range: "loudness range"
    case .momentary: "highest momentary loudness over the integrated"
    case .jump: "highest momentary loudness over the last 10 s"
    case .fast: "highest level of 125 ms over the mean"
    case .rise: "fastest rise in 10 ms"
    case .contrast: "highest level of 10 ms over the background"
    case .centroid: "power centroid"
    case .fiveKilohertz: "octave at 5 kHz, over everything"
    case .correlation: "correlation between the ears"
    case .sides: "wandering from side to side"
    case .balance: "left against right"
    case .rumble: "under 20 Hz, over everything"
    case .offset: "DC offset"
    case .silence: "longest digital silence"
    case .entrance: "entrance"
    case .exit: "exit"
    }
  }

  /// In which it is measured.
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

/// What a track ought to be like.
public struct Targets: Sendable {
  /// What somebody can fall asleep to, and stay asleep with.
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

  /// What somebody listens to.
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

  /// How far under the track's mean level the silence of the bedroom is taken to be.
  public let floorDB: Double
  /// Figures without a range are only told.
  public let ranges: [CheckMetric: ClosedRange<Double>]
}
