/// A stream of draws read one after the other: what a single voice throws during its life.
///
/// A voice owns its dice and nobody else sees them, so the order of the throws is the voice's own.
public struct Dice: Sendable {
  let draws: Draws
  var index: UInt64 = 0

  /// Dice that read `draws` from its beginning.
  public init(_ draws: Draws) { self.draws = draws }

  /// Draws for something that throws dice of its own; another stream each time.
  public mutating func fork() -> Draws {
    defer { index &+= 1 }
    return draws.branch(index)
  }

  /// Uniform in 0 ..< 1, never 0.
  public mutating func uniform() -> Double {
    defer { index &+= 1 }
    return draws.uniform(index)
  }

  /// Uniform in `range`.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Uniform on a logarithmic scale in `range`; both ends positive.
  public mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound * Maths.pow(range.upperBound / range.lowerBound, uniform())
  }

  /// True with this probability.
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A whole number in 0 ..< `count`.
  public mutating func choose(_ count: Int) -> Int { min(count - 1, Int(uniform() * Double(count))) }

  /// A whole number in `range`.
  public mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + choose(range.count)
  }

  /// The standard normal distribution.
  public mutating func gaussian() -> Double { Distributions.normalQuantile(uniform()) }

  /// A normal number that strays no further than two standard deviations.
  public mutating func clippedGaussian() -> Double { max(-2, min(2, gaussian())) }

  /// A factor whose natural logarithm is normal with this deviation; its median is 1.
  public mutating func logNormal(sigma: Double) -> Double { Maths.exp(sigma * gaussian()) }

  /// An amplitude factor whose level in decibels is normal with this deviation.
  public mutating func gain(spreadDB: Double) -> Double { Maths.amplitude(dB: spreadDB * gaussian()) }

  /// The exponential distribution.
  public mutating func exponential(mean: Double) -> Double { -mean * Maths.log(uniform()) }

  /// The Poisson distribution, by inversion; for means up to about 30.
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

  /// The bounded power law p(E) ∝ E^(-exponent) on 1 ... `highest`.
  public mutating func powerLaw(exponent: Double, highest: Double) -> Double {
    Distributions.boundedPowerLaw(uniform(), exponent: exponent, highest: highest)
  }
}
