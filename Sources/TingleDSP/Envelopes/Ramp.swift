/// A linear ramp between two control values, so that a value set once per block changes without steps.
public struct Ramp: Sendable {
  private var value: Float
  private let step: Float

  /// - Parameters:
  ///   - start: the value of the first sample.
  ///   - end: the value one sample after the last, which is the first of the next ramp.
  ///   - frames: the length of the ramp in samples.
  @inline(__always) public init(from start: Float, to end: Float, frames: Int) {
    value = start
    step = (end - start) / Float(frames)
  }

  /// Returns the value of this sample and advances by one sample.
  @inline(__always) public mutating func next() -> Float {
    defer { value += step }
    return value
  }
}
