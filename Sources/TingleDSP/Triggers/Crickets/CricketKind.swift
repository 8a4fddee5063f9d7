/// Who sings at night.
public enum CricketKind: String, Choice {
  case field, meadow, single
}

/// The constants of the singers.
struct CricketModel: Sendable {
  /// The number of singers that are heard one by one, at most 8.
  var singers: Int
  /// The pitch of the singers.
  var carrierHz: ClosedRange<Double>
  /// The number of pulses in a chirp, and their rate.
  var pulses: ClosedRange<Int>
  var pulsesPerSecond: ClosedRange<Double>
  /// The range of the level of a singer.
  var levelsDB: ClosedRange<Double>
  /// The singers far away: the band, and the level relative to the singers that are heard one by one.
  var chorusHz: ClosedRange<Double>
  var chorusDB: Double
  var calibrationDB: Double
}

extension CricketKind {
  var model: CricketModel {
    switch self {
    case .field:
      CricketModel(
        singers: 7, carrierHz: 3500...4400,
        pulses: 3...6,
        pulsesPerSecond: 23...29.5, levelsDB: -14...0,
        chorusHz: 2900...3900, chorusDB: -30, calibrationDB: -3.5)
    case .meadow:
      CricketModel(
        singers: 6, carrierHz: 5200...8200,
        pulses: 8...24,
        pulsesPerSecond: 36...60, levelsDB: -18...(-6),
        chorusHz: 5000...8500, chorusDB: -3, calibrationDB: -5.2)
    case .single:
      CricketModel(
        singers: 1, carrierHz: 3600...3700, pulses: 7...9, pulsesPerSecond: 60...66, levelsDB: -1...0,
        chorusHz: 3500...4500, chorusDB: -26, calibrationDB: 1.1)
    }
  }
}
