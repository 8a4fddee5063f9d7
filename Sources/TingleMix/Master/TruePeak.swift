import TingleDSP

/// A true-peak detector for single frames: four-fold oversampling as in ITU-R BS.1770-4, annex 2.
///
/// Each of the three points between two samples is a windowed sinc over `taps` frames. The latency is
/// `delayFrames`.
public struct TruePeak: ~Copyable {
  /// The length of the interpolation filters in frames.
  public static let taps = 32
  /// The latency in frames.
  public static let delayFrames = taps / 2

  // One windowed sinc per point between two samples: [point][tap].
  @usableFromInline let kernels: Buffer<Float>
  /// The largest possible ratio of a true peak to the highest sample.
  public let worstOvershoot: Float

  /// Designs the interpolation filters.
  public init() {
    var values = [Double](repeating: 0, count: 3 * Self.taps)
    var worst = 1.0
    for phase in 1...3 {
      let kernel = (phase - 1) * Self.taps..<phase * Self.taps
      var sum = 0.0
      for k in 0..<Self.taps {
        let x = Double(k - Self.taps / 2) + Double(phase) / 4
        let window = 0.5 + 0.5 * Maths.sinCos(turns: x / Double(Self.taps + 1)).cos
        let value = Maths.sinCos(turns: x / 2).sin / (.pi * x) * window
        values[kernel.lowerBound + k] = value
        sum += value
      }
      for k in kernel { values[k] /= sum }
      worst = max(worst, values[kernel].reduce(0) { $0 + abs($1) })
    }
    kernels = Buffer(values.map { Float($0) })
    worstOvershoot = Float(worst)
  }

  /// The higher true peak of both channels from the frame `delayFrames` before `last` up to the frame after
  /// it.
  /// - Parameter last: the newest frame; `taps` - 1 frames precede it in memory.
  @inlinable @inline(__always)
  public func level(at last: UnsafePointer<StereoFrame>) -> Float {
    let centre = last[-Self.delayFrames]
    var highest = max(abs(centre.x), abs(centre.y))
    for phase in 0..<3 {
      var sum = StereoFrame.zero
      for k in 0..<Self.taps { sum += kernels[phase * Self.taps + k] * last[-k] }
      highest = max(highest, max(abs(sum.x), abs(sum.y)))
    }
    return highest
  }
}
