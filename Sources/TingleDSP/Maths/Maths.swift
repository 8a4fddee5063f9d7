/// Elementary functions made of IEEE 754 arithmetic alone.
///
/// A platform's `sin` and `exp` may differ in the last bit from one processor to the next. A mix must
/// not: slices rendered on different machines are joined without a seam. Hence these, correct to about
/// one part in 10¹⁵ and the same bits everywhere. They serve set-up and control values; inner loops use
/// recurrences instead.
public enum Maths {
  /// 2 to the power of `x`, for `x` in -1022 ... 1023; 0 below, infinity above.
  public static func exp2(_ x: Double) -> Double {
    guard x >= -1022 else { return 0 }
    guard x < 1024 else { return .infinity }
    let whole = x.rounded()
    let r = (x - whole) * ln2
    // Taylor series of e^r by Horner; |r| ≤ 0.35, so the term after the 14th is under 10⁻¹⁸.
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
    return p * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }

  /// e to the power of `x`.
  public static func exp(_ x: Double) -> Double { exp2(x * log2e) }

  /// The logarithm to base 2 of `x`; `x` must be positive and normal.
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

  /// The natural logarithm of `x`; `x` must be positive and normal.
  public static func log(_ x: Double) -> Double { log2(x) * ln2 }

  /// `base` to the power of `exponent`; 0 for a base of 0.
  public static func pow(_ base: Double, _ exponent: Double) -> Double {
    base <= 0 ? 0 : exp2(exponent * log2(base))
  }

  /// Sine and cosine of an angle given in turns (1 turn = 2π radians).
  public static func sinCos(turns: Double) -> (sin: Double, cos: Double) {
    let fraction = turns - turns.rounded()
    let quarter = (fraction * 4).rounded()
    let x = (fraction - quarter / 4) * 2 * .pi
    let xx = x * x
    // Taylor series by Horner; |x| ≤ π/4, so what is left out is under 10⁻¹⁶.
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

  /// The angle of the point (x, y), in turns from -0.5 to 0.5; 0 for the origin.
  public static func turns(y: Double, x: Double) -> Double {
    let (ay, ax) = (abs(y), abs(x))
    guard ay + ax > 0 else { return 0 }
    // Within a twelfth of a turn after two reductions, where the series converges fast.
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

  /// The angle whose cosine is `x`, in radians; x between -1 and 1.
  public static func arcCosine(_ x: Double) -> Double {
    2 * .pi * turns(y: max(0, 1 - x * x).squareRoot(), x: x)
  }

  /// The tangent of an angle given in turns.
  public static func tan(turns: Double) -> Double {
    let (s, c) = sinCos(turns: turns)
    return s / c
  }

  /// The amplitude ratio of a level in decibels: 10^(dB/20).
  public static func amplitude(dB: Double) -> Double { exp2(dB * (log2of10 / 20)) }

  /// The level in decibels of an amplitude ratio: 20 log₁₀; -400 for silence.
  public static func decibels(amplitude: Double) -> Double {
    amplitude < 1e-20 ? -400 : log2(amplitude) * (20 / log2of10)
  }

  static let ln2 = 0.6931471805599453
  static let log2e = 1.4426950408889634
  static let log2of10 = 3.321928094887362
}
