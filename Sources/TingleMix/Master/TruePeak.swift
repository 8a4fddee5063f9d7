import TingleDSP

/// The highest level between samples as well as on them: four times oversampled, as in ITU-R BS.1770-4, annex 2.
public struct TruePeak: @unchecked Sendable {
  /// How many frames a peak is looked for in.
  public static let taps = 32
  /// A peak is known so many frames after the sample before it.
  public static let delayFrames = taps / 2

  // A windowed sinc for each quarter of the way between two samples: three phases, the samples themselves being the fourth.
  private let kernels: UnsafeMutableBufferPointer<Float>
  /// A signal whose samples are never above 1 is nowhere above this.
  public let worst: Float

  /// Takes memory, which `deallocate` gives back.
  public init() {
    kernels = .allocate(capacity: 3 * Self.taps)
    var worst = 1.0
    for phase in 1...3 {
      var sum = 0.0
      var values: [Double] = []
      for k in 0..<Self.taps {
        let x = Double(k - Self.taps / 2) + Double(phase) / 4
        let window = 0.5 + 0.5 * Maths.sinCos(turns: x / Double(Self.taps + 1)).cos
        let value = Maths.sinCos(turns: x / 2).sin / (.pi * x) * window
        values.append(value)
        sum += value
      }
      for k in 0..<Self.taps {
        (kernels.baseAddress! + (phase - 1) * Self.taps + k).initialize(to: Float(values[k] / sum))
      }
      worst = max(worst, values.reduce(0) { $0 + abs($1 / sum) })
    }
    self.worst = Float(worst)
  }

  /// Gives the memory back.
  public func deallocate() { kernels.deallocate() }

  /// The highest of both ears between the frames `delayFrames` before `last` and the one after.
  /// - Parameter last: a frame with `taps` - 1 before it.
  @inline(__always)
  public func level(at last: UnsafePointer<StereoFrame>) -> Float {
    let here = last[-Self.delayFrames]
    var highest = max(abs(here.x), abs(here.y))
    for phase in 0..<3 {
      var sum = StereoFrame.zero
      for k in 0..<Self.taps { sum += kernels[phase * Self.taps + k] * last[-k] }
      highest = max(highest, max(abs(sum.x), abs(sum.y)))
    }
    return highest
  }
}
