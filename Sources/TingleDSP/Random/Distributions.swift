/// Quantile functions (inverse cumulative distribution functions), which map uniform numbers to others.
public enum Distributions {
  /// The standard normal quantile of `p`, 0 < `p` < 1.
  ///
  /// P. J. Acklam's rational approximation (2003), with a relative error below 1.2·10⁻⁹.
  public static func normalQuantile(_ p: Double) -> Double {
    let tail = 0.02425
    if p < tail { return lowerTail((-2 * Maths.log(p)).squareRoot()) }
    if p > 1 - tail { return -lowerTail((-2 * Maths.log(1 - p)).squareRoot()) }
    let q = p - 0.5
    let r = q * q
    var top = -3.969683028665376e+01
    top = top * r + 2.209460984245205e+02
    top = top * r - 2.759285104469687e+02
    top = top * r + 1.383577518672690e+02
    top = top * r - 3.066479806614716e+01
    top = top * r + 2.506628277459239e+00
    var bottom = -5.447609879822406e+01
    bottom = bottom * r + 1.615858368580409e+02
    bottom = bottom * r - 1.556989798598866e+02
    bottom = bottom * r + 6.680131188771972e+01
    bottom = bottom * r - 1.328068155288572e+01
    bottom = bottom * r + 1
    return q * top / bottom
  }

  private static func lowerTail(_ q: Double) -> Double {
    var top = -7.784894002430293e-03
    top = top * q - 3.223964580411365e-01
    top = top * q - 2.400758277161838e+00
    top = top * q - 2.549732539343734e+00
    top = top * q + 4.374664141464968e+00
    top = top * q + 2.938163982698783e+00
    var bottom = 7.784695709041462e-03
    bottom = bottom * q + 3.224671290700398e-01
    bottom = bottom * q + 2.445134137142996e+00
    bottom = bottom * q + 3.754408661907416e+00
    bottom = bottom * q + 1
    return top / bottom
  }

  /// The quantile at `u` of the bounded power law p(E) ∝ E^(-`exponent`) on 1 ... `highest`.
  ///
  /// It describes the energies of acoustic emissions from a crumpling sheet: P. A. Houle and J. P. Sethna,
  /// Phys. Rev. E 54 (1996) 278. An `exponent` of 1 gives the logarithmic limit `highest`^`u`.
  public static func boundedPowerLaw(_ u: Double, exponent: Double, highest: Double) -> Double {
    let k = 1 - exponent
    if abs(k) < 1e-9 { return Maths.pow(highest, u) }
    return Maths.pow(1 + u * (Maths.pow(highest, k) - 1), 1 / k)
  }
}
