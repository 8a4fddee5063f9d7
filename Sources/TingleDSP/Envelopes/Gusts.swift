/// Fast unsteadiness of wind, rain or water: 1/f noise as a pure function of time, in decibels.
///
/// Equal power per octave from 0.15 Hz to a highest frequency.
struct Gusts: Sendable {
  private let drift: Drift
  private let depthDB: Double

  /// The lattice spacing of the slowest octave: half a period of 0.15 Hz.
  private static let slowestSeconds = 3.3

  /// - Parameters:
  ///   - depthDB: the RMS of the level.
  ///   - highestHz: the frequency above which the noise falls steeply.
  init(depthDB: Double, highestHz: Double, draws: Draws) {
    self.depthDB = depthDB
    let octaves = Int(Maths.log2(2 * highestHz * Self.slowestSeconds).rounded()) + 1
    drift = Drift(draws, slowestSeconds: Self.slowestSeconds, octaves: max(1, octaves))
  }

  /// The level at a time of the mix, in decibels; at most three times the depth.
  func levelDB(at seconds: Double) -> Double { depthDB * max(-3, min(3, drift.value(at: seconds))) }
}
