import TingleDSP
import TingleMix

/// The highest true peak of what goes by: oversampled only where the samples come near the highest so far, which is where it
/// can be.
package final class TruePeakMeter {
  private let oversampled = TruePeak()
  // The last frames of the portion before, then the portion: a peak lies between frames.
  private let line = Buffer<StereoFrame>(
    repeating: .zero, count: TruePeak.taps + TruePeakMeter.portion)
  package private(set) var highest: Float = 0

  // A portion is worth measuring when its samples come within 2 dB of the highest true peak so far.
  private static let overshoot: Float = 1.26
  private static let portion = 4096

  package init() {}

  /// Forgets how high it was.
  package func reset() { highest = 0 }

  /// Listens to the next frames.
  package func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let count = min(Self.portion, frames.count - start)
      let fresh = line[TruePeak.taps..<TruePeak.taps + count]
      _ = fresh.update(fromContentsOf: frames.extracting(start..<start + count))
      listen(UnsafeBufferPointer(fresh))
      line.baseAddress.update(from: line.baseAddress + count, count: TruePeak.taps)
    }
  }

  private func listen(_ frames: UnsafeBufferPointer<StereoFrame>) {
    let samples = frames.withMemoryRebound(to: Float.self) { Self.highest($0) }
    guard samples * Self.overshoot > highest else { return }
    for i in frames.indices { highest = max(highest, oversampled.level(at: frames.baseAddress! + i)) }
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
}
