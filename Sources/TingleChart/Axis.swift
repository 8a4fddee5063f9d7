import Foundation

/// An axis of a chart: a linear or logarithmic range with labelled tick marks.
struct Axis {
  let range: ClosedRange<Double>
  var isLogarithmic = false
  let marks: [(value: Double, label: String)]

  /// Creates a linear axis with a mark at every multiple of `step`.
  init(_ range: ClosedRange<Double>, every step: Double, label: (Double) -> String = { "\(Int($0))" }) {
    self.range = range
    let first = (range.lowerBound / step).rounded(.up) * step
    marks = stride(from: first, through: range.upperBound + 1e-9 * step, by: step).map { ($0, label($0)) }
  }

  private init(frequencies range: ClosedRange<Double>, _ marks: [(Double, String)]) {
    self.range = range
    self.marks = marks.filter { range.contains($0.0) }
    isLogarithmic = true
  }

  /// A logarithmic frequency axis in hertz.
  static func hertz(_ range: ClosedRange<Double>) -> Axis {
    let marks = [20.0, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000]
    return Axis(frequencies: range, marks.map { ($0, $0 < 1000 ? "\(Int($0))" : "\(Int($0 / 1000))k") })
  }

  /// A time axis of at most ten marks, in seconds, minutes or hours.
  static func time(_ seconds: Double) -> Axis {
    let steps: [Double] = [
      0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400,
    ]
    let step = steps.first { seconds / $0 <= 10 } ?? 86_400
    return Axis(0...seconds, every: step) { value in
      if step >= 1800 {
        return String(format: value.remainder(dividingBy: 3600) == 0 ? "%.0f h" : "%.1f h", value / 3600)
      }
      if step >= 60 { return String(format: "%.0f min", value / 60) }
      return String(format: step < 1 ? "%.1f s" : "%.0f s", value)
    }
  }

  /// The position of a value on the axis, 0 ... 1.
  func position(_ value: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    return isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
  }
}
