/// An exponential decay envelope, e^(-t/τ): one multiplication per sample.
public struct Decay: Sendable {
  /// The amplitude of the next sample.
  public private(set) var level: Float
  private let factor: Float

  /// - Parameters:
  ///   - level: the amplitude of the first sample.
  ///   - timeConstantSeconds: τ, the time in which the amplitude falls to 1/e (by 8.7 dB).
  public init(level: Double, timeConstantSeconds: Double, sampleRate: Double) {
    self.level = Float(level)
    factor = Float(Maths.exp(-1 / (timeConstantSeconds * sampleRate)))
  }

  /// Returns the amplitude of this sample and advances by one sample.
  @inline(__always) public mutating func next() -> Float {
    defer { level *= factor }
    return level
  }
}
