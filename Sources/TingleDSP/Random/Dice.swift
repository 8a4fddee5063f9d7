/// A sequential random number generator: reads a stream of `Draws` from the start, one index after the other.
///
/// Each voice owns its dice, so its random numbers do not depend on the order in which voices are rendered.
public struct Dice: Sendable {
  let draws: Draws
  var index: UInt64 = 0

  /// Dice that read `draws` from index 0.
  public init(_ draws: Draws) { self.draws = draws }

  /// A new independent stream, for a part that needs its own random numbers; a different one at each call.
  public mutating func fork() -> Draws {
    defer { index &+= 1 }
    return draws.branch(index)
  }

  /// A uniform number in the open interval (0, 1).
  public mutating func uniform() -> Double {
    defer { index &+= 1 }
    return draws.uniform(index)
  }

  /// A uniform number in `range`.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A log-uniform number in `range`; both bounds must be positive.
  public mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound * Maths.pow(range.upperBound / range.lowerBound, uniform())
  }

  /// True with the given probability, 0 ... 1.
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A uniform integer in 0 ..< `count`.
  public mutating func choose(_ count: Int) -> Int { min(count - 1, Int(uniform() * Double(count))) }

  /// A uniform integer in `range`.
  public mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + choose(range.count)
  }

  /// A standard normal number: mean 0, standard deviation 1.
  public mutating func gaussian() -> Double { Distributions.normalQuantile(uniform()) }

  /// A standard normal number, clipped to -2 ... 2.
  public mutating func clippedGaussian() -> Double { max(-2, min(2, gaussian())) }

  /// A log-normal factor with a median of 1; `sigma` is the standard deviation of its natural logarithm.
  public mutating func logNormal(sigma: Double) -> Double { Maths.exp(sigma * gaussian()) }

  /// An amplitude factor with a median of 1; `spreadDB` is the standard deviation of its level in decibels.
  public mutating func gain(spreadDB: Double) -> Double { Maths.amplitude(dB: spreadDB * gaussian()) }

  /// A number from the exponential distribution, such as the time to the next event of a Poisson process.
  public mutating func exponential(mean: Double) -> Double { -mean * Maths.log(uniform()) }

  /// A number from the Poisson distribution, by inversion, for means up to about 30; at most 100.
  public mutating func poisson(mean: Double) -> Int {
    let u = uniform()
    var probability = Maths.exp(-mean)
    var cumulative = probability
    var count = 0
    while u > cumulative, count < 100 {
      count += 1
      probability *= mean / Double(count)
      cumulative += probability
    }
    return count
  }

  /// A number in 1 ... `highest` from the bounded power law p(E) ∝ E^(-`exponent`).
  public mutating func powerLaw(exponent: Double, highest: Double) -> Double {
    Distributions.boundedPowerLaw(uniform(), exponent: exponent, highest: highest)
  }
}
