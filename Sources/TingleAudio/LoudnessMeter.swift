import CEBUR128
import Foundation
import TingleMix

/// Integrated loudness (EBU R 128, by libebur128) and true peak of what goes by.
///
/// Both cost more than making the sound. So of a long track the loudness is measured in stretches of ten seconds
/// spread evenly over it, an hour in all.
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
  private let peak = TruePeakMeter()
  private let channels: Int
  private let stretch: Int
  private let every: Int
  private var position = 0
  private var measured = 0

  private static let portion = 4096

  /// - Parameters:
  ///   - channels: 2, or 1 to listen to the mean of both ears.
  ///   - expectedFrames: how long the track will be.
  public init(sampleRate: Int, channels: Int = 2, expectedFrames: Int) {
    self.channels = channels
    loudness = ebur128_init(
      UInt32(channels), UInt(sampleRate), Int32(EBUR128_MODE_I.rawValue | EBUR128_MODE_HISTOGRAM.rawValue))
    stretch = 10 * sampleRate
    every = max(1, expectedFrames / (3600 * sampleRate))
  }

  deinit {
    var state: UnsafeMutablePointer<ebur128_state>? = loudness
    ebur128_destroy(&state)
  }

  /// Lets libebur128 listen to frames: to both channels, or to the mean of both as the only one.
  static func add(
    _ frames: UnsafeBufferPointer<StereoFrame>, channels: Int, to state: UnsafeMutablePointer<ebur128_state>?
  ) {
    if channels == 1 {
      let mean = frames.map { 0.5 * ($0.x + $0.y) }
      ebur128_add_frames_float(state, mean, mean.count)
    } else {
      frames.withMemoryRebound(to: Float.self) {
        _ = ebur128_add_frames_float(state, $0.baseAddress, frames.count)
      }
    }
  }

  /// Listens to the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = frames.extracting(start..<min(frames.count, start + Self.portion))
      let isMeasured = position / stretch % every == 0
      if channels == 1 {
        part.map { StereoFrame(repeating: 0.5 * ($0.x + $0.y)) }.withUnsafeBufferPointer(peak.add)
      } else {
        peak.add(part)
      }
      if isMeasured {
        Self.add(part, channels: channels, to: loudness)
        measured += part.count
      }
      position += part.count
    }
  }

  /// What has been found so far.
  public var reading: Reading {
    var lufs = 0.0
    ebur128_loudness_global(loudness, &lufs)
    return Reading(
      integratedLUFS: lufs, truePeakDB: 20 * log10(Double(peak.highest)),
      measuredShare: position == 0 ? 1 : Double(measured) / Double(position))
  }
}
