import Foundation
import Synchronization
import TingleDSP
import TingleDevices
import TingleMetering
import TingleMix

/// Measures what is played: the momentary loudness and the highest true peak. Runs on its own thread.
final class LoudnessMonitor: Sendable {
  /// The ring of frames to be measured; the thread ends when it is closed.
  let ring: FrameRing
  private let reading = Measurement()

  private final class Measurement: Sendable {
    let momentaryLUFS = Atomic<Double>(-.infinity)
    let truePeakDB = Atomic<Double>(-.infinity)
  }

  // The true peak is the highest of this many seconds at most, then it starts again.
  private static let peakSeconds = 3.0

  init(sampleRate: Double) {
    ring = FrameRing(capacity: Int(sampleRate))
    let thread = Thread { [ring, reading] in Self.measure(ring, sampleRate, into: reading) }
    thread.name = "tingle meter"
    thread.start()
  }

  /// The momentary loudness (400 ms) in LUFS.
  var momentaryLUFS: Double { reading.momentaryLUFS.load(ordering: .relaxed) }

  /// The highest true peak of the last seconds in dBTP.
  var truePeakDB: Double { reading.truePeakDB.load(ordering: .relaxed) }

  private static func measure(_ ring: FrameRing, _ sampleRate: Double, into reading: Measurement) {
    let loudness = EBUR128Meter(sampleRate: Int(sampleRate), .momentary)
    let frames = Buffer<StereoFrame>(repeating: .zero, count: Int(sampleRate / 20))
    let truePeak = TruePeakMeter()
    var measuredFrames = 0
    while true {
      let block = UnsafeBufferPointer(frames[0..<ring.read(into: frames.elements)])
      guard block.count > 0 else { return }
      loudness.add(block)
      reading.momentaryLUFS.store(loudness.momentaryLUFS, ordering: .relaxed)
      truePeak.add(block)
      reading.truePeakDB.store(20 * log10(Double(max(1e-9, truePeak.highest))), ordering: .relaxed)
      measuredFrames += block.count
      if measuredFrames > Int(peakSeconds * sampleRate) {
        truePeak.reset()
        measuredFrames = 0
      }
    }
  }
}
