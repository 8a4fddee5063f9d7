import CEBUR128
import Foundation
import TingleMix

/// Integrated loudness (EBU R 128) and true peak of what goes by, measured by libebur128.
///
/// Both cost more than making the sound. So of a long track the loudness is measured in stretches of ten seconds
/// spread evenly over it, an hour in all; and the true peak only where the samples come near the highest peak
/// so far, which is where it can be.
public final class LoudnessMeter {
  /// What was found.
  public struct Reading: Sendable {
    /// In LUFS; minus infinity for silence.
    public let integratedLUFS: Double
    /// In decibels of full scale, four times oversampled.
    public let truePeakDB: Double
    /// The share of the track on which the loudness was measured, 0 ... 1.
    public let measuredShare: Double
  }

  private let loudness: UnsafeMutablePointer<ebur128_state>
  private let peak: UnsafeMutablePointer<ebur128_state>
  private let channels: Int
  private var mono: [Float] = []
  private let stretch: Int
  private let every: Int
  private var position = 0
  private var measured = 0
  private var truePeak = 0.0

  // A portion is worth measuring when its samples come within 1 dB of the highest true peak so far.
  private static let overshoot: Float = 1.12
  private static let portion = 4096

  /// - Parameters:
  ///   - channels: 2, or 1 to listen to the mean of both ears.
  ///   - expectedFrames: how long the track will be.
  public init(sampleRate: Int, channels: Int = 2, expectedFrames: Int) {
    self.channels = channels
    let rate = UInt(sampleRate)
    let count = UInt32(channels)
    loudness = ebur128_init(count, rate, Int32(EBUR128_MODE_I.rawValue | EBUR128_MODE_HISTOGRAM.rawValue))
    peak = ebur128_init(count, rate, Int32(EBUR128_MODE_TRUE_PEAK.rawValue))
    stretch = 10 * sampleRate
    every = max(1, expectedFrames / (3600 * sampleRate))
  }

  deinit {
    var state: UnsafeMutablePointer<ebur128_state>? = loudness
    ebur128_destroy(&state)
    state = peak
    ebur128_destroy(&state)
  }

  /// Listens to the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = UnsafeBufferPointer(rebasing: frames[start..<min(frames.count, start + Self.portion)])
      if channels == 1 {
        mono = part.map { 0.5 * ($0.x + $0.y) }
        mono.withUnsafeBufferPointer { listen($0, frames: part.count) }
      } else {
        part.withMemoryRebound(to: Float.self) { listen($0, frames: part.count) }
      }
      position += part.count
    }
  }

  /// The highest sample; four searches side by side, none of which waits for another.
  private static func highest(_ samples: UnsafeBufferPointer<Float>) -> Float {
    var (a, b, c, d): (Float, Float, Float, Float) = (0, 0, 0, 0)
    let whole = samples.count & ~3
    for i in stride(from: 0, to: whole, by: 4) {
      let (p, q, r, s) = (abs(samples[i]), abs(samples[i + 1]), abs(samples[i + 2]), abs(samples[i + 3]))
      (a, b, c, d) = (p > a ? p : a, q > b ? q : b, r > c ? r : c, s > d ? s : d)
    }
    return samples[whole...].reduce(max(a, b, c, d)) { max($0, abs($1)) }
  }

  private func listen(_ samples: UnsafeBufferPointer<Float>, frames: Int) {
    if position / stretch % every == 0 {
      ebur128_add_frames_float(loudness, samples.baseAddress, frames)
      measured += frames
    }
    let highest = Self.highest(samples)
    guard highest * Self.overshoot > Float(truePeak) else { return }
    ebur128_add_frames_float(peak, samples.baseAddress, frames)
    for channel in 0..<channels {
      var value = 0.0
      ebur128_true_peak(peak, UInt32(channel), &value)
      truePeak = max(truePeak, value)
    }
  }

  /// What has been found so far.
  public var reading: Reading {
    var lufs = 0.0
    ebur128_loudness_global(loudness, &lufs)
    return Reading(
      integratedLUFS: lufs, truePeakDB: 20 * log10(truePeak),
      measuredShare: position == 0 ? 1 : Double(measured) / Double(position))
  }
}
