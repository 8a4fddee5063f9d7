import Foundation
import TingleMix

/// Measures the integrated loudness (EBU R 128) and the true peak of a track.
///
/// Both take longer than rendering the audio. The loudness of a long track is therefore measured in evenly
/// spaced sections of ten seconds, one to two hours in total.
public final class LoudnessMeter {
  /// The measured values.
  public struct Measurement: Sendable {
    /// The integrated loudness in LUFS; minus infinity for silence.
    public let integratedLUFS: Double
    /// The true peak in dBTP, with four times oversampling.
    public let truePeakDB: Double
    /// The fraction of the track on which the loudness was measured, 0 ... 1.
    public let measuredShare: Double
  }

  private let loudness: EBUR128Meter
  private let peak = TruePeakMeter()
  private let channels: Int
  private let sectionFrames: Int
  // One section in this many is measured.
  private let interval: Int
  private var position = 0
  private var measured = 0

  private static let portion = 4096

  /// Creates a meter.
  /// - Parameters:
  ///   - sampleRate: the sample rate in hertz.
  ///   - channels: 2, or 1 to measure the mean of both channels as a mono track.
  ///   - expectedFrames: the length of the track in frames.
  public init(sampleRate: Int, channels: Int = 2, expectedFrames: Int) {
    self.channels = channels
    loudness = EBUR128Meter(sampleRate: sampleRate, channels: channels, [.integrated, .histogram])
    sectionFrames = 10 * sampleRate
    interval = max(1, expectedFrames / (3600 * sampleRate))
  }

  /// Adds the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = frames.extracting(start..<min(frames.count, start + Self.portion))
      let isMeasured = position / sectionFrames % interval == 0
      if channels == 1 {
        part.map { StereoFrame(repeating: $0.mid) }.withUnsafeBufferPointer(peak.add)
      } else {
        peak.add(part)
      }
      if isMeasured {
        loudness.add(part)
        measured += part.count
      }
      position += part.count
    }
  }

  /// The values measured so far.
  public var measurement: Measurement {
    Measurement(
      integratedLUFS: loudness.integratedLUFS, truePeakDB: 20 * log10(Double(peak.highest)),
      measuredShare: position == 0 ? 1 : Double(measured) / Double(position))
  }
}
