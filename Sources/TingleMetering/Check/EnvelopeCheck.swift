import Foundation
import TingleDSP
import TingleMix

/// Measures how fast and how far the A-weighted level rises above the noise floor of the room.
///
/// Signal flow: A-weighting -> square -> 10 ms and 125 ms exponential means -> one level per millisecond.
struct EnvelopeCheck {
  private let sampleRate: Double
  private let floorDB: Double
  private var weighting: AWeighting
  // Coefficients of the 10 ms and 125 ms means, the means, and the sum of the 10 ms means.
  private let fine: Float
  private let fast: Float
  private var fineLevel = StereoFrame.zero
  private var fastLevel = StereoFrame.zero
  private var energy = 0.0
  private var untilNext: Double = 0
  // The levels of the last 10 ms, one per millisecond.
  private var recent = [Double](repeating: -140, count: 10)
  private var index = 0
  private var milliseconds = 0
  // The distribution of levels in bins of 0.1 dB, from -140 dB.
  private var histogram = [Int](repeating: 0, count: 1800)
  private var highestFast: Float = 0
  private var highestRiseDB = 0.0

  init(sampleRate: Double, floorDB: Double) {
    self.sampleRate = sampleRate
    self.floorDB = floorDB
    weighting = AWeighting(sampleRate: sampleRate)
    fine = Float(1 - exp(-1 / (0.010 * sampleRate)))
    fast = Float(1 - exp(-1 / (0.125 * sampleRate)))
  }

  mutating func add(_ frame: StereoFrame) {
    let weighted = weighting.process(frame)
    let power = weighted * weighted
    fineLevel += fine * (power - fineLevel)
    fastLevel += fast * (power - fastLevel)
    untilNext -= 1
    guard untilNext <= 0 else { return }
    untilNext += sampleRate / 1000
    tick()
  }

  /// Records the level of one millisecond.
  private mutating func tick() {
    milliseconds += 1
    // The means settle during the first second.
    guard milliseconds > 1000 else { return }
    // The louder channel.
    let power = Double(max(fineLevel.x, fineLevel.y))
    energy += power
    highestFast = max(highestFast, max(fastLevel.x, fastLevel.y))
    let floor = energy / Double(milliseconds - 1000) * pow(10, -floorDB / 10)
    let now = 10 * log10(power + floor + 1e-14)
    if milliseconds > 1010 { highestRiseDB = max(highestRiseDB, now - recent[index]) }
    recent[index] = now
    index = (index + 1) % recent.count
    histogram[Int(max(0, min(Double(histogram.count - 1), (now + 140) * 10)))] += 1
  }

  // The first second is ignored, and a rise needs 10 ms more.
  private var isLongEnough: Bool { milliseconds > 1010 }

  /// The largest rise within 10 ms, in decibels; nil if the track is too short.
  var riseDB: Double? { isLongEnough ? highestRiseDB : nil }

  /// The highest 125 ms level above the mean level, in decibels; nil if the track is too short.
  var fastOverMeanDB: Double? {
    guard isLongEnough else { return nil }
    return 10 * log10((Double(highestFast) + 1e-14) / (energy / Double(max(1, milliseconds - 1000)) + 1e-14))
  }

  /// The highest 10 ms level above the background, which is the level exceeded 90 % of the time, in decibels;
  /// nil if the track is too short.
  var peakOverBackgroundDB: Double? {
    let total = histogram.reduce(0, +)
    guard isLongEnough, let top = histogram.lastIndex(where: { $0 > 0 }) else { return nil }
    var below = 0
    for (bin, count) in histogram.enumerated() {
      below += count
      if 10 * below >= total { return Double(top - bin) / 10 }
    }
    return nil
  }
}
