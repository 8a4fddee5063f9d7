import Foundation
import TingleMix

/// Integrated loudness (EBU R 128, by libebur128) and true peak of what goes by.
///
/// Both cost more than making the sound. So of a long track the loudness is measured in stretches of ten seconds
/// spread evenly over it, an hour in all.
public final class LoudnessMeter {
  /// What was found.
  public struct Measurement: Sendable {
    /// In LUFS; minus infinity for silence.
    public let integratedLUFS: Double
    /// In decibels of full scale, four times oversampled.
    public let truePeakDB: Double
    /// The share of the track on which the loudness was measured, 0 ... 1.
    public let measuredShare: Double
  }

  private let loudness: EBUR128Meter
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
    loudness = EBUR128Meter(sampleRate: sampleRate, channels: channels, [.integrated, .histogram])
    stretch = 10 * sampleRate
    every = max(1, expectedFrames / (3600 * sampleRate))
  }

  /// Listens to the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = frames.extracting(start..<min(frames.count, start + Self.portion))
      let isMeasured = position / stretch % every == 0
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

  /// What has been found so far.
  public var reading: Measurement {
    Measurement(
      integratedLUFS: loudness.integratedLUFS, truePeakDB: 20 * log10(Double(peak.highest)),
      measuredShare: position == 0 ? 1 : Double(measured) / Double(position))
  }
}
