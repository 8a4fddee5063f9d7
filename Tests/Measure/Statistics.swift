import Foundation

/// Statistics of numbers and of signals.
public enum Statistics {
  /// The arithmetic mean.
  public static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The standard deviation.
  public static func deviation(_ values: [Double]) -> Double {
    let middle = mean(values)
    return sqrt(mean(values.map { ($0 - middle) * ($0 - middle) }))
  }

  /// The correlation coefficient.
  public static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (ma, mb) = (mean(a), mean(b))
    let covariance = mean(zip(a, b).map { ($0 - ma) * ($1 - mb) })
    return covariance / (deviation(a) * deviation(b))
  }

  /// The RMS level of a signal, in decibels relative to full scale (a mean square of 1).
  public static func levelDB(_ signal: [Float]) -> Double {
    10 * log10(signal.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(1, signal.count)) + 1e-30)
  }

  /// The power envelope: the mean square of each `hopSeconds`.
  public static func envelope(_ signal: [Float], sampleRate: Double, hopSeconds: Double = 0.001) -> [Double] {
    let hop = max(1, Int(hopSeconds * sampleRate))
    return stride(from: 0, to: signal.count - hop + 1, by: hop).map { start in
      signal[start..<start + hop].reduce(0) { $0 + Double($1) * Double($1) } / Double(hop)
    }
  }

  /// Onset times in seconds: envelope peaks more than `riseDB` above the minimum of the previous 16 ms, and
  /// at most `floorDB` below the highest peak. Onsets are at least 12 ms apart.
  public static func onsets(
    _ signal: [Float], sampleRate: Double, riseDB: Double = 10, floorDB: Double = 40
  ) -> [Double] {
    let levels = envelope(signal, sampleRate: sampleRate).map { 10 * log10($0 + 1e-14) }
    guard let highest = levels.max() else { return [] }
    var found: [Double] = []
    for k in 16..<max(17, levels.count - 8) where k + 8 < levels.count {
      let peak = levels[k - 8...k + 8].max()!
      guard levels[k] == peak, levels[k] > highest - floorDB else { continue }
      guard levels[k] - levels[k - 16..<k].min()! > riseDB else { continue }
      if found.last.map({ Double(k) / 1000 - $0 > 0.012 }) ?? true { found.append(Double(k) / 1000) }
    }
    return found
  }

  /// The autocorrelation at lags 0 to `lags`, normalised to 1 at lag 0.
  public static func autocorrelation(_ signal: [Float], lags: Int) -> [Double] {
    let sums = (0...lags).map { lag in
      zip(signal, signal.dropFirst(lag)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return sums.map { $0 / sums[0] }
  }

  /// The linear prediction residual: the signal without its resonances, periodicity preserved.
  ///
  /// Levinson-Durbin recursion on the autocorrelation; J. Makhoul, "Linear prediction: a tutorial review",
  /// Proc. IEEE 63 (1975) 561.
  public static func residual(_ signal: [Float], order: Int) -> [Float] {
    let r = autocorrelation(signal, lags: order)
    var a = [1.0] + [Double](repeating: 0, count: order)
    var error = r[0]
    for k in 1...order {
      let reflection = -(0..<k).reduce(0) { $0 + a[$1] * r[k - $1] } / error
      let before = a
      for j in 1...k { a[j] = before[j] + reflection * before[k - j] }
      error *= 1 - reflection * reflection
    }
    return (order..<signal.count).map { n in
      Float((0...order).reduce(0) { $0 + a[$1] * Double(signal[n - $1]) })
    }
  }

  /// The slope of the least-squares line through points.
  public static func slope(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (mean(x), mean(y))
    return zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) } / x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
  }
}
