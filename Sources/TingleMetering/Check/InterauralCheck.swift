import Foundation
import TingleMix

/// Measures interaural correlation and the level differences between left and right.
struct InterauralCheck {
  private let sampleRate: Double
  // Correlation windows of half a second, one every three seconds.
  private var window: [StereoFrame] = []
  private var untilNext = 0
  private var correlations: [Double] = []
  // The power of the current eighth of a second, and of all of them.
  private var eighth = SIMD2<Double>.zero
  private var eighthFrames = 0
  private var total = SIMD2<Double>.zero
  private var totalFrames = 0
  private var differences = (count: 0.0, sum: 0.0, squares: 0.0)

  private static let maxCorrelations = 4096

  init(sampleRate: Double) { self.sampleRate = sampleRate }

  mutating func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    let (half, length) = (Int(sampleRate / 2), Int(sampleRate / 8))
    for frame in frames {
      let power = SIMD2<Double>(frame) * SIMD2<Double>(frame)
      eighth += power
      eighthFrames += 1
      if eighthFrames == length { endEighth() }
      if untilNext > 0 {
        untilNext -= 1
      } else {
        window.append(frame)
        if window.count == half { endWindow() }
      }
    }
  }

  private mutating func endEighth() {
    total += eighth
    totalFrames += eighthFrames
    // Ignore passages that are 20 dB below the mean.
    if eighth.sum() / Double(eighthFrames) > 0.01 * total.sum() / Double(totalFrames) {
      let difference = 10 * log10((eighth.x + 1e-14) / (eighth.y + 1e-14))
      differences.count += 1
      differences.sum += difference
      differences.squares += difference * difference
    }
    (eighth, eighthFrames) = (.zero, 0)
  }

  /// Appends the window's highest correlation over lags of up to 1 ms.
  private mutating func endWindow() {
    defer {
      window.removeAll(keepingCapacity: true)
      // On a long track, windows become rarer, so that their number stays at one or two thousand.
      untilNext = Int(sampleRate * 2.5) * (1 + correlations.count / 1024)
    }
    let power = window.reduce(SIMD2<Double>.zero) { $0 + SIMD2<Double>($1) * SIMD2<Double>($1) }
    let scale = (power.x * power.y).squareRoot()
    guard scale > 1e-9, correlations.count < Self.maxCorrelations else { return }
    let maxLag = Int(sampleRate / 1000)
    var highest = 0.0
    for lag in stride(from: -maxLag, through: maxLag, by: 2) {
      var sum: Float = 0
      for i in max(0, -lag)..<window.count - max(0, lag) { sum += window[i].x * window[i + lag].y }
      highest = max(highest, abs(Double(sum)))
    }
    correlations.append(highest / scale)
  }

  /// The median correlation; nil if no window of half a second has a signal in both channels.
  var correlation: Double? { correlations.isEmpty ? nil : correlations.sorted()[correlations.count / 2] }

  /// The standard deviation of the level difference between left and right, over eighths of a second, in
  /// decibels; nil if no eighth has a signal.
  var deviationDB: Double? {
    guard differences.count > 0 else { return nil }
    let mean = differences.sum / differences.count
    return max(0, differences.squares / differences.count - mean * mean).squareRoot()
  }

  /// The level of the left channel relative to the right, in decibels.
  var balanceDB: Double { 10 * log10((total.x + 1e-14) / (total.y + 1e-14)) }
}
