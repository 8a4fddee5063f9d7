import CEBUR128
import Foundation
import TingleMix

/// Integrated loudness (EBU R 128, by libebur128) and true peak of what goes by.
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
  private let channels: Int
  // What is listened to, behind the last frames of the portion before: a peak lies between frames.
  private let line: UnsafeMutableBufferPointer<StereoFrame>
  private var mono: [Float] = []
  private let stretch: Int
  private let every: Int
  private var position = 0
  private var measured = 0
  private let oversampled = TruePeak()
  private var truePeak: Float = 0

  // A portion is worth measuring when its samples come within 2 dB of the highest true peak so far.
  private static let overshoot: Float = 1.26
  private static let portion = 4096

  /// - Parameters:
  ///   - channels: 2, or 1 to listen to the mean of both ears.
  ///   - expectedFrames: how long the track will be.
  public init(sampleRate: Int, channels: Int = 2, expectedFrames: Int) {
    self.channels = channels
    loudness = ebur128_init(
      UInt32(channels), UInt(sampleRate), Int32(EBUR128_MODE_I.rawValue | EBUR128_MODE_HISTOGRAM.rawValue))
    line = .allocate(capacity: TruePeak.taps + Self.portion)
    line.initialize(repeating: .zero)
    stretch = 10 * sampleRate
    every = max(1, expectedFrames / (3600 * sampleRate))
  }

  deinit {
    var state: UnsafeMutablePointer<ebur128_state>? = loudness
    ebur128_destroy(&state)
    line.deallocate()
    oversampled.deallocate()
  }

  /// Listens to the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let count = min(Self.portion, frames.count - start)
      let part = UnsafeBufferPointer(rebasing: frames[start..<start + count])
      let fresh = line.extracting(TruePeak.taps..<TruePeak.taps + count)
      if channels == 1 {
        for i in 0..<count { fresh[i] = StereoFrame(repeating: 0.5 * (part[i].x + part[i].y)) }
      } else {
        _ = fresh.update(fromContentsOf: part)
      }
      listen(UnsafeBufferPointer(fresh))
      line.baseAddress!.update(from: line.baseAddress! + count, count: TruePeak.taps)
      position += count
    }
  }

  private func listen(_ frames: UnsafeBufferPointer<StereoFrame>) {
    if position / stretch % every == 0 {
      measure(frames)
      measured += frames.count
    }
    let highest = frames.withMemoryRebound(to: Float.self) { Self.highest($0) }
    guard highest * Self.overshoot > truePeak else { return }
    for i in frames.indices { truePeak = max(truePeak, oversampled.level(at: frames.baseAddress! + i)) }
  }

  private func measure(_ frames: UnsafeBufferPointer<StereoFrame>) {
    guard channels == 1 else {
      _ = frames.withMemoryRebound(to: Float.self) {
        ebur128_add_frames_float(loudness, $0.baseAddress, frames.count)
      }
      return
    }
    mono = frames.map(\.x)
    ebur128_add_frames_float(loudness, mono, frames.count)
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

  /// What has been found so far.
  public var reading: Reading {
    var lufs = 0.0
    ebur128_loudness_global(loudness, &lufs)
    return Reading(
      integratedLUFS: lufs, truePeakDB: 20 * log10(Double(truePeak)),
      measuredShare: position == 0 ? 1 : Double(measured) / Double(position))
  }
}
