import Foundation
import TingleDSP

/// A power spectrum by Welch's method: the mean over Hann windows with 50 % overlap.
public struct Spectrum: Sendable {
  /// The power of each bin.
  public let power: [Double]
  /// The bin spacing in hertz.
  public let binHz: Double

  /// - Parameters:
  ///   - size: the window length in frames, a power of two.
  ///   - hop: the hop size in frames; nil for half a window.
  public init(_ signal: [Float], sampleRate: Double, size: Int = 8192, hop: Int? = nil) {
    var sum = [Double](repeating: 0, count: size / 2)
    let window = (0..<size).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(size)) }
    var windows = 0
    for start in stride(from: 0, through: signal.count - size, by: hop ?? size / 2) {
      var re = (0..<size).map { Double(signal[start + $0]) * window[$0] }
      var im = [Double](repeating: 0, count: size)
      FourierTransform.inPlace(&re, &im)
      for k in 0..<size / 2 { sum[k] += re[k] * re[k] + im[k] * im[k] }
      windows += 1
    }
    power = sum.map { $0 / Double(max(1, windows)) }
    binHz = sampleRate / Double(size)
  }

  /// The power in a frequency band.
  public func power(in band: ClosedRange<Double>) -> Double {
    let first = max(1, Int((band.lowerBound / binHz).rounded(.up)))
    let last = min(power.count - 1, Int(band.upperBound / binHz))
    return first > last ? 0 : power[first...last].reduce(0, +)
  }

  /// The mean power per bin in a band, in decibels.
  public func densityDB(in band: ClosedRange<Double>) -> Double {
    let bins = max(1, (band.upperBound - band.lowerBound) / binHz)
    return 10 * log10(power(in: band) / bins + 1e-30)
  }

  /// The spectral centroid: Σ f P / Σ P.
  public func centroidHz(in band: ClosedRange<Double> = 20...20_000) -> Double {
    var weighted = 0.0
    var total = 0.0
    for (k, p) in power.enumerated() where band.contains(Double(k) * binHz) {
      weighted += Double(k) * binHz * p
      total += p
    }
    return weighted / total
  }

  /// The spectral rolloff: the frequency below which a share of the power lies.
  public func rolloffHz(_ share: Double = 0.85) -> Double {
    let total = power.reduce(0, +)
    var sum = 0.0
    for (k, p) in power.enumerated() {
      sum += p
      if sum >= share * total { return Double(k) * binHz }
    }
    return Double(power.count) * binHz
  }

  /// The frequency of the highest bin in a band, refined by parabolic interpolation of the logarithms.
  public func peakHz(in band: ClosedRange<Double>) -> Double {
    let first = max(1, Int(band.lowerBound / binHz))
    let last = min(power.count - 2, Int(band.upperBound / binHz))
    let k = (first...last).max { power[$0] < power[$1] }!
    let (a, b, c) = (log(power[k - 1] + 1e-30), log(power[k] + 1e-30), log(power[k + 1] + 1e-30))
    let shift = (a - c) / (2 * (a - 2 * b + c))
    return (Double(k) + (shift.isFinite ? shift : 0)) * binHz
  }
}
