import TingleMix

/// The target ranges of a track's metrics.
public struct Targets: Sendable {
  /// The noise floor of the listening room, in decibels below the track's mean level.
  public let floorDB: Double
  /// The target range of each metric; a metric without a range is reported and not judged.
  public let ranges: [CheckMetric: ClosedRange<Double>]
}

extension Purpose {
  /// The targets of a track for this purpose. Loudness, true peak and jumps follow the purpose's defaults.
  public var targets: Targets {
    let loudness = defaults.loudnessLUFS
    let truePeak = -.infinity...defaults.ceilingDB
    switch self {
    case .sleep:
      return Targets(
        floorDB: 10,
        ranges: [
          .integrated: loudness - 1...loudness + 1, .truePeak: truePeak, .range: 0...5,
          .momentary: -.infinity...6, .jump: 0...(defaults.startleLU ?? .infinity), .fast: 0...10,
          .rise: 0...20, .contrast: 0...20, .centroid: 150...2000, .fiveKilohertz: -.infinity...(-12),
          .correlation: 0...0.85, .sides: 0...4, .balance: 0...1, .rumble: -.infinity...(-30),
          .offset: -.infinity...(-60), .silence: 0...0.5, .entrance: 5...(.infinity), .exit: 30...(.infinity),
        ])
    case .awake:
      return Targets(
        floorDB: 25,
        ranges: [
          .integrated: loudness - 2...loudness + 2, .truePeak: truePeak, .range: 0...10,
          .momentary: -.infinity...9, .jump: 0...9, .fast: 0...15, .contrast: 0...40,
          .fiveKilohertz: -.infinity...(-2), .correlation: 0...0.85, .balance: 0...1,
          .rumble: -.infinity...(-30), .offset: -.infinity...(-60), .silence: 0...0.5,
          .entrance: 1...(.infinity), .exit: 4...(.infinity),
        ])
    }
  }
}
