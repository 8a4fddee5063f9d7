/// The sizes of the raindrops that reach a surface, and their speeds.
///
/// The number of drops per volume falls exponentially with the diameter D: N(D) ∝ e^(-ΛD), Λ = 4.1 R^-0.21
/// per millimetre at a rainfall rate R in mm/h (J. S. Marshall and W. M. Palmer, J. Meteorol. 5 (1948) 165).
/// The number that arrives is proportional to N(D) times the terminal speed v = 9.65 - 10.3 e^(-0.6 D) m/s
/// (D. Atlas et al., Rev. Geophys. 11 (1973) 1).
package struct RaindropSizes: Sendable {
  /// The diameters in millimetres.
  package static let range = 0.5...5.5
  /// The rainfall rate at which `relativeCount` is 1, in mm/h.
  static let referenceRate = 10.0

  /// The number of drops that arrive, relative to that at `referenceRate`.
  package let relativeCount: Double
  /// Λ per millimetre, of the drops that hit.
  private let slope: Double

  /// - Parameters:
  ///   - rainfall: the rainfall rate in mm/h.
  ///   - collected: a factor on the sizes: above 1 if drops grow on twigs or edges before they fall.
  package init(rainfall: Double, collected: Double) {
    let slope = Self.slope(rainfall: rainfall)
    relativeCount = Self.flux(slope) / Self.flux(Self.slope(rainfall: Self.referenceRate))
    self.slope = slope / collected
  }

  /// The speed of a falling drop in metres per second.
  package static func speed(diameterMillimetres: Double) -> Double {
    9.65 - 10.3 * Maths.exp(-0.6 * diameterMillimetres)
  }

  /// The amplitude of a drop relative to one of 1.5 mm: its size to a power, times its speed.
  static func amplitude(diameterMillimetres diameter: Double, sizeExponent: Double) -> Double {
    Maths.pow(diameter / 1.5, sizeExponent) * speed(diameterMillimetres: diameter)
      / speed(diameterMillimetres: 1.5)
  }

  /// A random diameter in millimetres.
  package func draw(_ dice: inout Dice) -> Double {
    // Rejection: a drop arrives with a probability in proportion to its speed.
    for _ in 0..<32 {
      let diameter = Self.range.lowerBound + dice.exponential(mean: 1 / slope)
      let arrives = dice.chance(Self.speed(diameterMillimetres: diameter) / 9.65)
      if arrives, diameter < Self.range.upperBound { return diameter }
    }
    return 1
  }

  /// Diameters in millimetres at `count` evenly spaced quantiles.
  func quantiles(_ count: Int) -> [Double] {
    let steps = 4000
    let width = (Self.range.upperBound - Self.range.lowerBound) / Double(steps)
    let total = Self.flux(slope, steps: steps)
    var (quantiles, sum) = ([Double](), 0.0)
    for step in 0..<steps {
      let diameter = Self.range.lowerBound + (Double(step) + 0.5) * width
      sum += Self.density(diameter, slope) * width / total
      while quantiles.count < count, sum >= (Double(quantiles.count) + 0.5) / Double(count) {
        quantiles.append(diameter)
      }
    }
    while quantiles.count < count { quantiles.append(Self.range.upperBound) }
    return quantiles
  }

  private static func slope(rainfall: Double) -> Double { 4.1 * Maths.pow(rainfall, -0.21) }

  private static func density(_ diameter: Double, _ slope: Double) -> Double {
    Maths.exp(-slope * diameter) * speed(diameterMillimetres: diameter)
  }

  /// The number of drops that arrive, in an arbitrary unit.
  private static func flux(_ slope: Double, steps: Int = 1000) -> Double {
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    var sum = 0.0
    for step in 0..<steps { sum += density(range.lowerBound + (Double(step) + 0.5) * width, slope) * width }
    return sum
  }
}
