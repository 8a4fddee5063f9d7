import Foundation
import TingleMix

/// What the two ears have in common, and how far apart their levels are.
struct EarsCheck {
  private let sampleRate: Double
  // Half a second out of every three.
  private var window: [StereoFrame] = []
  private var untilNext = 0
  private var correlations: [Double] = []
  // Eighths of a second.
  private var eighth = SIMD2<Double>.zero
  private var eighthFrames = 0
  private var whole = SIMD2<Double>.zero
  private var wholeFrames = 0
  private var differences = (count: 0.0, sum: 0.0, squares: 0.0)

  private static let mostCorrelations = 4096

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
    whole += eighth
    wholeFrames += eighthFrames
    // Only what is heard has a side.
    if eighth.sum() / Double(eighthFrames) > 0.01 * whole.sum() / Double(wholeFrames) {
      let difference = 10 * log10((eighth.x + 1e-14) / (eighth.y + 1e-14))
      differences.count += 1
      differences.sum += difference
      differences.squares += difference * difference
    }
    (eighth, eighthFrames) = (.zero, 0)
  }

  /// The highest correlation within a millisecond.
  private mutating func endWindow() {
    defer {
      window.removeAll(keepingCapacity: true)
      // Of a long track a thousand or two are enough: ever rarer ones.
      untilNext = Int(sampleRate * 2.5) * (1 + correlations.count / 1024)
    }
    let power = window.reduce(SIMD2<Double>.zero) { $0 + SIMD2<Double>($1) * SIMD2<Double>($1) }
    let scale = (power.x * power.y).squareRoot()
    guard scale > 1e-9, correlations.count < Self.mostCorrelations else { return }
    let most = Int(sampleRate / 1000)
    var highest = 0.0
    for lag in stride(from: -most, through: most, by: 2) {
      var sum: Float = 0
      for i in max(0, -lag)..<window.count - max(0, lag) { sum += window[i].x * window[i + lag].y }
      highest = max(highest, abs(Double(sum)))
    }
    correlations.append(highest / scale)
  }

  /// The median; nil where nothing was heard for half a second.
  var correlation: Double? { correlations.isEmpty ? nil : correlations.sorted()[correlations.count / 2] }

  /// How far the level wanders from side to side; nil where nothing was heard for an eighth of a second.
  var deviationDB: Double? {
    guard differences.count > 0 else { return nil }
    let mean = differences.sum / differences.count
    return max(0, differences.squares / differences.count - mean * mean).squareRoot()
  }

  /// The left over the right.
  var balanceDB: Double { 10 * log10((whole.x + 1e-14) / (whole.y + 1e-14)) }
}
