import TingleDSP

/// The statistics of a sound in four numbers, to compare a texture with its recording.
public struct TextureSummary: Sendable {
  /// The mean standard deviation of the bands' levels, in decibels.
  public let spreadDB: Double
  /// The mean correlation of the levels of bands that are at least four bands apart.
  public let correlation: Double
  /// The share of modulation below 1.4 Hz in the fluctuation of the levels.
  public let slowShare: Double
  /// How far the loudest 0.07 % of milliseconds stand over the median, in decibels.
  public let peakDB: Double

  /// - Parameter signal: one channel at 48 kHz.
  public init(_ signal: [Float]) {
    let analysis = BandAnalysis()
    let whole = analysis.powers(signal, tick: 128)
    let levels = whole.cut(8..<whole.ticks - 8)
    let bands = TextureBands.count
    let statistics = LevelStatistics(
      levels, reference: levels.means, floor: [Double](repeating: 1e-4, count: bands))
    var sums = [Double](repeating: 0, count: bands * bands)
    for octave in statistics.covariances { for i in sums.indices { sums[i] += octave[i] } }
    // Rumble below the fifth band is not judged.
    let judged = 4..<bands
    spreadDB =
      judged.reduce(0) { $0 + sums[$1 * bands + $1].squareRoot() } / Double(judged.count) / 0.230_258_509
    var (total, pairs) = (0.0, 0.0)
    for a in judged {
      for b in judged where b >= a + 4 {
        total += sums[a * bands + b] / max(1e-12, (sums[a * bands + a] * sums[b * bands + b]).squareRoot())
        pairs += 1
      }
    }
    correlation = total / pairs
    var slow = 0.0
    for octave in statistics.covariances[7...] {
      for k in judged { slow += octave[k * bands + k] }
    }
    slowShare = slow / judged.reduce(0) { $0 + sums[$1 * bands + $1] }
    peakDB = EventDetection.peakDB(analysis.powers(signal, tick: EventDetection.millisecond))
  }
}
