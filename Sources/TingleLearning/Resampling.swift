import TingleDSP

/// Converts a signal to another sample rate, by windowed sinc interpolation.
public enum Resampling {
  // Zero crossings on each side, and table entries between two of them.
  private static let reach = 24
  private static let resolution = 512

  /// - Parameters:
  ///   - signal: the samples.
  ///   - source: their sample rate in hertz.
  ///   - target: the new sample rate in hertz.
  public static func converted(_ signal: [Float], from source: Double, to target: Double) -> [Float] {
    guard source != target, !signal.isEmpty else { return signal }
    // Below the lower one of both Nyquist frequencies.
    let cutoff = 0.97 * min(1, target / source)
    let table = (0...reach * resolution + 1).map { i -> Float in
      let x = Double(i) / Double(resolution)
      let sinc = x == 0 ? 1 : Maths.sinCos(turns: x / 2).sin / (.pi * x)
      let window = 0.5 + 0.5 * Maths.sinCos(turns: min(1, x / Double(reach)) / 2).cos
      return Float(sinc * window)
    }
    let width = Double(reach) / cutoff
    let count = Int(Double(signal.count) * target / source)
    return signal.withUnsafeBufferPointer { signal in
      table.withUnsafeBufferPointer { table in
        (0..<count).map { k in
          let position = Double(k) * source / target
          let first = max(0, Int((position - width).rounded(.up)))
          let last = min(signal.count - 1, Int(position + width))
          guard first <= last else { return 0 }
          var sum: Float = 0
          for i in first...last {
            let at = abs(Double(i) - position) * cutoff * Double(resolution)
            let entry = Int(at)
            let share = Float(at - Double(entry))
            sum += signal[i] * (table[entry] + share * (table[entry + 1] - table[entry]))
          }
          return sum * Float(cutoff)
        }
      }
    }
  }
}
