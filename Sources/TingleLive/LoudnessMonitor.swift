import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleMetering
import TingleMix

/// Listens to what is played, on a thread of its own: its momentary loudness, and its highest true peak of late.
final class LoudnessMonitor: Sendable {
  /// What it listens to; it ends when that is closed.
  let ring: FrameRing
  private let reading = Measurement()

  private final class Measurement: Sendable {
    let loudness = Atomic<Double>(-.infinity)
    let peak = Atomic<Double>(-.infinity)
  }

  init(sampleRate: Double) {
    ring = FrameRing(capacity: Int(sampleRate))
    let thread = Thread { [ring, reading] in Self.listen(to: ring, sampleRate, reading) }
    thread.name = "tingle meter"
    thread.start()
  }

  /// LUFS, over 400 ms.
  var momentaryLUFS: Double { reading.loudness.load(ordering: .relaxed) }

  /// The highest of the last seconds, in decibels of full scale.
  var truePeakDB: Double { reading.peak.load(ordering: .relaxed) }

  private static func listen(to ring: FrameRing, _ sampleRate: Double, _ reading: Measurement) {
    let loudness = EBUR128Meter(sampleRate: Int(sampleRate), .momentary)
    let frames = Buffer<StereoFrame>(repeating: .zero, count: Int(sampleRate / 20))
    let meter = TruePeakMeter()
    var metered = 0
    while true {
      let part = UnsafeBufferPointer(frames[0..<ring.read(into: frames.elements)])
      guard part.count > 0 else { return }
      loudness.add(part)
      reading.loudness.store(loudness.momentaryLUFS, ordering: .relaxed)
      meter.add(part)
      reading.peak.store(20 * log10(Double(max(1e-9, meter.highest))), ordering: .relaxed)
      metered += part.count
      if metered > 3 * Int(sampleRate) {
        meter.reset()
        metered = 0
      }
    }
  }
}
