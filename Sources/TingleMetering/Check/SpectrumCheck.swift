import Foundation
import TingleDSP
import TingleMix

/// The mean spectrum of a track, from a window in every second.
struct SpectrumCheck {
  private static let size = 8192
  private let sampleRate: Double
  private var window: [Double] = []
  private var untilNext = 0
  private var power = [Double](repeating: 0, count: size / 2)
  private static let bell = (0..<size).map { Curves.bell((Double($0) + 0.5) / Double(size)) }

  init(sampleRate: Double) {
    self.sampleRate = sampleRate
    window.reserveCapacity(Self.size)
  }

  mutating func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    var rest = frames[...]
    while !rest.isEmpty {
      if untilNext > 0 {
        let skipped = min(untilNext, rest.count)
        untilNext -= skipped
        rest = rest.dropFirst(skipped)
        continue
      }
      let part = rest.prefix(Self.size - window.count)
      for frame in part { window.append(0.5 * Double(frame.x + frame.y)) }
      rest = rest.dropFirst(part.count)
      guard window.count == Self.size else { return }
      transform()
    }
  }

  private mutating func transform() {
    var re = zip(window, Self.bell).map(*)
    var im = [Double](repeating: 0, count: Self.size)
    FourierTransform.inPlace(&re, &im)
    for k in power.indices { power[k] += re[k] * re[k] + im[k] * im[k] }
    window.removeAll(keepingCapacity: true)
    untilNext = max(0, Int(sampleRate) - Self.size)
  }

  private var binHz: Double { sampleRate / Double(Self.size) }
  /// The power of everything; nil where there is none, or not one window.
  private var whole: Double? {
    let sum = power.reduce(0, +)
    return sum > 0 ? sum : nil
  }

  private func share(_ hz: Range<Double>) -> Double? {
    guard let whole else { return nil }
    var sum = 0.0
    for k in power.indices where hz.contains(Double(k) * binHz) { sum += power[k] }
    return 10 * log10(sum / whole + 1e-12)
  }

  /// The frequency that half the power is balanced round.
  var centroidHz: Double? {
    guard let whole else { return nil }
    var sum = 0.0
    for k in power.indices { sum += Double(k) * binHz * power[k] }
    return sum / whole
  }

  /// The octave round 5 kHz, over everything.
  var fiveKilohertzDB: Double? { share(3550..<7100) }
  /// What is under 20 Hz, over everything.
  var rumbleDB: Double? { share(0..<20) }
}
