/// The radii of bubbles that falling water entrains.
///
/// The number of bubbles falls with the radius r as r^(-3/2) below the Hinze scale and as r^(-10/3) above it:
/// G. B. Deane and M. D. Stokes, "Scale dependence of bubble creation mechanisms in breaking waves", Nature
/// 418 (2002) 839.
struct BubbleSizes: Sendable {
  /// The logarithm (base 2) of the radius in metres, at evenly spaced quantiles.
  private var quantiles = InlineArray<65, Float>(repeating: 0)

  /// - Parameters:
  ///   - radiusMetres: the range of the radii.
  ///   - kneeMetres: the Hinze scale.
  init(radiusMetres: ClosedRange<Double>, kneeMetres: Double = 1e-3) {
    let steps = 2000
    let octaves = Maths.log2(radiusMetres.upperBound / radiusMetres.lowerBound)
    var cumulative = [0.0]
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let relative = radiusMetres.lowerBound * Maths.exp2(octaves * share) / kneeMetres
      // Per octave: the density times the radius.
      cumulative.append(cumulative[step] + Maths.pow(relative, relative < 1 ? -0.5 : -7 / 3.0))
    }
    var step = 0
    for k in 0...64 {
      while step < steps, cumulative[step] < cumulative[steps] * Double(k) / 64 { step += 1 }
      quantiles[k] = Float(
        Maths.log2(radiusMetres.lowerBound) + octaves * Double(step) / Double(steps))
    }
  }

  /// The radius at a quantile, 0 ... 1.
  func radiusMetres(quantile: Double) -> Double {
    let position = 64 * quantile
    let k = min(63, Int(position))
    let quantiles = quantiles.span
    let (low, high) = (Double(quantiles[k]), Double(quantiles[k + 1]))
    return Maths.exp2(low + (high - low) * (position - Double(k)))
  }
}
