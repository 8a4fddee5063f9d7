import Foundation
import TingleDSP
import TingleMix

/// Measures the mean power spectrum of a track's mono mix, from one Hann window per second.
struct SpectrumCheck {
  private static let size = 8192
  private let sampleRate: Double
  private var window: [Double] = []
  private var untilNext = 0
  private var power = [Double](repeating: 0, count: size / 2)
  private static let hann = (0..<size).map { Curves.bell((Double($0) + 0.5) / Double(size)) }

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
    var re = zip(window, Self.hann).map(*)
    var im = [Double](repeating: 0, count: Self.size)
    FourierTransform.inPlace(&re, &im)
    for k in power.indices { power[k] += re[k] * re[k] + im[k] * im[k] }
    window.removeAll(keepingCapacity: true)
    untilNext = max(0, Int(sampleRate) - Self.size)
  }

  private var binHz: Double { sampleRate / Double(Self.size) }

  /// The total power; nil for silence or a track shorter than one window.
  private var total: Double? {
    let sum = power.reduce(0, +)
    return sum > 0 ? sum : nil
  }

  /// The level of a frequency range relative to the total, in decibels.
  private func levelDB(in hz: Range<Double>) -> Double? {
    guard let total else { return nil }
    var sum = 0.0
    for k in power.indices where hz.contains(Double(k) * binHz) { sum += power[k] }
    return 10 * log10(sum / total + 1e-12)
  }

  /// The spectral centroid: the power-weighted mean frequency, in hertz.
  var centroidHz: Double? {
    guard let total else { return nil }
    var sum = 0.0
    for k in power.indices { sum += Double(k) * binHz * power[k] }
    return sum / total
  }

  /// The level of the octave around 5 kHz relative to the total, in decibels.
  var fiveKilohertzDB: Double? { levelDB(in: 3550..<7100) }

  /// The level below 20 Hz relative to the total, in decibels.
  var rumbleDB: Double? { levelDB(in: 0..<20) }
}
