import TingleDSP
import TingleMix

/// Measures the highest true peak of a signal. To save time, only portions whose sample peak comes close to
/// the highest true peak so far are oversampled.
package final class TruePeakMeter {
  private let oversampler = TruePeak()
  // The last frames of the previous portion, then the current portion: a true peak lies between frames.
  private let history = Buffer<StereoFrame>(
    repeating: .zero, count: TruePeak.taps + TruePeakMeter.portion)
  /// The highest true peak so far; 1 is full scale.
  package private(set) var highest: Float = 0

  // A true peak exceeds the sample peak by less than 2 dB.
  private static let overshoot: Float = 1.26
  private static let portion = 4096

  package init() {}

  /// Resets the highest true peak to 0.
  package func reset() { highest = 0 }

  /// Adds the next frames.
  package func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let count = min(Self.portion, frames.count - start)
      let fresh = history[TruePeak.taps..<TruePeak.taps + count]
      _ = fresh.update(fromContentsOf: frames.extracting(start..<start + count))
      measure(UnsafeBufferPointer(fresh))
      history.baseAddress.update(from: history.baseAddress + count, count: TruePeak.taps)
    }
  }

  private func measure(_ frames: UnsafeBufferPointer<StereoFrame>) {
    let samples = frames.withMemoryRebound(to: Float.self) { Self.highest($0) }
    guard samples * Self.overshoot > highest else { return }
    for i in frames.indices { highest = max(highest, oversampler.level(at: frames.baseAddress! + i)) }
  }

  /// The sample peak, by four independent maxima that the processor computes in parallel.
  private static func highest(_ samples: UnsafeBufferPointer<Float>) -> Float {
    var (a, b, c, d): (Float, Float, Float, Float) = (0, 0, 0, 0)
    let end = samples.count & ~3
    for i in stride(from: 0, to: end, by: 4) {
      let (p, q, r, s) = (abs(samples[i]), abs(samples[i + 1]), abs(samples[i + 2]), abs(samples[i + 3]))
      (a, b, c, d) = (p > a ? p : a, q > b ? q : b, r > c ? r : c, s > d ? s : d)
    }
    return samples[end...].reduce(max(a, b, c, d)) { max($0, abs($1)) }
  }
}
