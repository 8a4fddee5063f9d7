import Foundation
import TingleDSP
import TingleMix

/// How fast and how far the A-weighted level rises, over the silence of a bedroom.
struct EnvelopeCheck {
  private let sampleRate: Double
  private let floorDB: Double
  private var weighting: AWeighting
  // Mean squares over 10 ms and 125 ms, and the sum of the former.
  private let fine: Float
  private let fast: Float
  private var fineLevel = StereoFrame.zero
  private var fastLevel = StereoFrame.zero
  private var energy = 0.0
  private var untilNext: Double = 0
  // The last 10 ms, one level a millisecond.
  private var recent = [Double](repeating: -140, count: 10)
  private var place = 0
  private var milliseconds = 0
  // How often each tenth of a decibel was met, from -140 dB.
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
    let heard = weighting.process(frame)
    let power = heard * heard
    fineLevel += fine * (power - fineLevel)
    fastLevel += fast * (power - fastLevel)
    untilNext -= 1
    guard untilNext <= 0 else { return }
    untilNext += sampleRate / 1000
    tick()
  }

  /// Once a millisecond.
  private mutating func tick() {
    milliseconds += 1
    // A first second to get there.
    guard milliseconds > 1000 else { return }
    // The louder ear's.
    let power = Double(max(fineLevel.x, fineLevel.y))
    energy += power
    highestFast = max(highestFast, max(fastLevel.x, fastLevel.y))
    let floor = energy / Double(milliseconds - 1000) * pow(10, -floorDB / 10)
    let now = 10 * log10(power + floor + 1e-14)
    if milliseconds > 1010 { highestRiseDB = max(highestRiseDB, now - recent[place]) }
    recent[place] = now
    place = (place + 1) % recent.count
    histogram[Int(max(0, min(Double(histogram.count - 1), (now + 140) * 10)))] += 1
  }

  // Once the level has risen for a second, and ten milliseconds more are known.
  private var isLongEnough: Bool { milliseconds > 1010 }

  /// The fastest rise in 10 ms; nil for a track that is too short, as in the others.
  var riseDB: Double? { isLongEnough ? highestRiseDB : nil }

  /// The highest level of 125 ms over the mean level.
  var fastOverMeanDB: Double? {
    guard isLongEnough else { return nil }
    return 10 * log10((Double(highestFast) + 1e-14) / (energy / Double(max(1, milliseconds - 1000)) + 1e-14))
  }

  /// The highest level of 10 ms over that which is exceeded nine tenths of the time.
  var peakOverBackgroundDB: Double? {
    let whole = histogram.reduce(0, +)
    guard isLongEnough, let top = histogram.lastIndex(where: { $0 > 0 }) else { return nil }
    var below = 0
    for (bin, count) in histogram.enumerated() {
      below += count
      if 10 * below >= whole { return Double(top - bin) / 10 }
    }
    return nil
  }
}
