/// Elementary functions in IEEE 754 arithmetic only, so that results are bit-identical on every machine.
///
/// The `sin` and `exp` of a platform can differ in the last bit between processors. A mix must not differ,
/// because slices rendered on different machines are joined. The relative error is about 10⁻¹⁵. Use these
/// functions for setup and for control values; inner loops use recurrences instead.
public enum Maths {
  /// 2 to the power of `x`; 0 for `x` below -1022, infinity for `x` from 1024.
  public static func exp2(_ x: Double) -> Double {
    guard x >= -1022 else { return 0 }
    guard x < 1024 else { return .infinity }
    let integer = x.rounded()
    let r = (x - integer) * ln2
    // Taylor series of e^r in Horner form; |r| ≤ 0.35, so the first omitted term is below 10⁻¹⁸.
    var p = 1 / 87_178_291_200.0
    p = p * r + 1 / 6_227_020_800.0
    p = p * r + 1 / 479_001_600.0
    p = p * r + 1 / 39_916_800.0
    p = p * r + 1 / 3_628_800.0
    p = p * r + 1 / 362_880.0
    p = p * r + 1 / 40_320.0
    p = p * r + 1 / 5_040.0
    p = p * r + 1 / 720.0
    p = p * r + 1 / 120.0
    p = p * r + 1 / 24.0
    p = p * r + 1 / 6.0
    p = p * r + 1 / 2.0
    p = p * r + 1 / 1.0
    p = p * r + 1
    return p * Double(sign: .plus, exponent: Int(integer), significand: 1)
  }

  /// e to the power of `x`.
  public static func exp(_ x: Double) -> Double { exp2(x * log2e) }

  /// The base-2 logarithm of `x`, which must be positive and normal.
  public static func log2(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    // ln m = 2 artanh s; |s| ≤ 0.172.
    let s = (m - 1) / (m + 1)
    let ss = s * s
    var sum = 0.0
    sum = sum * ss + 1 / 21.0
    sum = sum * ss + 1 / 19.0
    sum = sum * ss + 1 / 17.0
    sum = sum * ss + 1 / 15.0
    sum = sum * ss + 1 / 13.0
    sum = sum * ss + 1 / 11.0
    sum = sum * ss + 1 / 9.0
    sum = sum * ss + 1 / 7.0
    sum = sum * ss + 1 / 5.0
    sum = sum * ss + 1 / 3.0
    sum = sum * ss + 1 / 1.0
    return exponent + 2 * s * sum * log2e
  }

  /// The natural logarithm of `x`, which must be positive and normal.
  public static func log(_ x: Double) -> Double { log2(x) * ln2 }

  /// `base` to the power of `exponent`; 0 if `base` is 0 or negative.
  public static func pow(_ base: Double, _ exponent: Double) -> Double {
    base <= 0 ? 0 : exp2(exponent * log2(base))
  }

  /// Sine and cosine of an angle given in turns (1 turn = 2π radians).
  public static func sinCos(turns: Double) -> (sin: Double, cos: Double) {
    let fraction = turns - turns.rounded()
    let quarter = (fraction * 4).rounded()
    let x = (fraction - quarter / 4) * 2 * .pi
    let xx = x * x
    // Taylor series in Horner form; |x| ≤ π/4, so the first omitted term is below 10⁻¹⁶.
    var s = 1 / 355_687_428_096_000.0
    var c = -1 / 6_402_373_705_728_000.0
    s = s * xx - 1 / 1_307_674_368_000.0
    s = s * xx + 1 / 6_227_020_800.0
    s = s * xx - 1 / 39_916_800.0
    s = s * xx + 1 / 362_880.0
    s = s * xx - 1 / 5_040.0
    s = s * xx + 1 / 120.0
    s = s * xx - 1 / 6.0
    c = c * xx + 1 / 20_922_789_888_000.0
    c = c * xx - 1 / 87_178_291_200.0
    c = c * xx + 1 / 479_001_600.0
    c = c * xx - 1 / 3_628_800.0
    c = c * xx + 1 / 40_320.0
    c = c * xx - 1 / 720.0
    c = c * xx + 1 / 24.0
    c = c * xx - 1 / 2.0
    s = s * xx + 1
    c = c * xx + 1
    s *= x
    switch Int(quarter) {
    case 0: return (s, c)
    case 1: return (c, -s)
    case -1: return (-c, s)
    default: return (-s, -c)
    }
  }

  /// The angle of the point (x, y) in turns, -0.5 to 0.5; 0 for the origin. It is `atan2` divided by 2π.
  public static func turns(y: Double, x: Double) -> Double {
    let (ay, ax) = (abs(y), abs(x))
    guard ay + ax > 0 else { return 0 }
    // Two range reductions leave an angle of at most 1/24 turn, where the series converges fast.
    var t = min(ay, ax) / max(ay, ax)
    let isSteep = t > 0.2679491924311227
    if isSteep { t = (t * 1.7320508075688772 - 1) / (1.7320508075688772 + t) }
    let tt = t * t
    var series = 0.0
    for k in stride(from: 25, through: 1, by: -2) { series = 1 / Double(k) - tt * series }
    var turns = t * series / (2 * .pi) + (isSteep ? 1.0 / 12 : 0)
    if ay > ax { turns = 0.25 - turns }
    if x < 0 { turns = 0.5 - turns }
    return y < 0 ? -turns : turns
  }

  /// The arc cosine of `x` in radians; `x` is between -1 and 1.
  public static func arcCosine(_ x: Double) -> Double {
    2 * .pi * turns(y: max(0, 1 - x * x).squareRoot(), x: x)
  }

  /// The tangent of an angle given in turns.
  public static func tan(turns: Double) -> Double {
    let (s, c) = sinCos(turns: turns)
    return s / c
  }

  /// The amplitude ratio for a level in decibels: 10^(dB/20).
  public static func amplitude(dB: Double) -> Double { exp2(dB * (log2of10 / 20)) }

  /// The level in decibels for an amplitude ratio: 20 log₁₀; -400 dB below 10⁻²⁰.
  public static func decibels(amplitude: Double) -> Double {
    amplitude < 1e-20 ? -400 : log2(amplitude) * (20 / log2of10)
  }

  /// The level in decibels for a power ratio: 10 log₁₀. The power must be positive.
  public static func decibels(power: Double) -> Double { log2(power) * (10 / log2of10) }

  static let ln2 = 0.6931471805599453
  static let log2e = 1.4426950408889634
  static let log2of10 = 3.321928094887362
}
