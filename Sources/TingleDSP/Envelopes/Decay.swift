/// An exponential decay, e^(-t/τ), one multiplication per sample.
public struct Decay: Sendable {
  /// The level of the next sample.
  public private(set) var level: Float
  private let factor: Float

  /// - Parameters:
  ///   - level: the first sample's level.
  ///   - timeConstantSeconds: τ, in which the level falls to 1/e (8.7 dB).
  public init(level: Double, timeConstantSeconds: Double, sampleRate: Double) {
    self.level = Float(level)
    factor = Float(Maths.exp(-1 / (timeConstantSeconds * sampleRate)))
  }

  /// The level, before it falls one sample further.
  @inline(__always) public mutating func next() -> Float {
    defer { level *= factor }
    return level
  }
}

/// A straight rise to 1 and an exponential fall to nothing.
public struct AttackDecay: Sendable {
  private var rise: Float = 0
  private let step: Float
  private var decay: Decay

  /// - Parameters:
  ///   - attackSeconds: the length of the rise; 0 starts at the top.
  ///   - decaySeconds: the time constant of the fall.
  public init(attackSeconds: Double, decaySeconds: Double, sampleRate: Double) {
    step = attackSeconds <= 0 ? 1 : Float(min(1, 1 / (attackSeconds * sampleRate)))
    decay = Decay(level: 1, timeConstantSeconds: decaySeconds, sampleRate: sampleRate)
  }

  /// The next sample.
  @inline(__always) public mutating func next() -> Float {
    guard rise < 1 else { return decay.next() }
    rise = min(1, rise + step)
    return rise
  }
}

/// A straight line from one value to another over a stretch of samples: how control values reach the samples.
public struct Ramp: Sendable {
  private var value: Float
  private let step: Float

  /// From `start` at the first sample towards `end` one sample after the last of `frames`.
  @inline(__always) public init(from start: Float, to end: Float, frames: Int) {
    value = start
    step = (end - start) / Float(frames)
  }

  /// The next sample.
  @inline(__always) public mutating func next() -> Float {
    defer { value += step }
    return value
  }
}
