import TingleDSP

/// A head as a rigid sphere with ears on its sides, and a point that sounds near it.
///
/// R. O. Duda and W. L. Martens, "Range dependence of the response of a spherical head model", JASA 104 (1998) 3048.
package enum Sphere {
  /// An average head's, in metres: V. R. Algazi, C. Avendano and R. O. Duda, JAES 49 (2001) 472.
  package static let radiusMetres = 0.0875
  /// In metres a second, at 20 °C.
  package static let speedOfSound = 343.0
  /// No listener's ears are farther apart than this and the filters' own 25 µs in time, however near the sound.
  package static let longestITDSeconds = 675e-6

  /// The pressure at a point of the sphere over that at its centre's place without it, as amplitude; equation (3) there, by
  /// the recursion of its appendix.
  /// - Parameters:
  ///   - hz: above 0.
  ///   - cosIncidence: of the angle between the ear and the source, seen from the centre.
  ///   - metres: from the centre to the source, above the radius.
  package static func gain(hz: Double, cosIncidence: Double, metres: Double) -> Double {
    let response = response(hz: hz, cosIncidence: cosIncidence, metres: metres)
    return (response.re * response.re + response.im * response.im).squareRoot()
  }

  /// The same with its phase, a lag being negative.
  package static func response(
    hz: Double, cosIncidence x: Double, metres: Double
  ) -> (re: Double, im: Double) {
    let mu = 2 * .pi * hz * radiusMetres / speedOfSound
    let rho = metres / radiusMetres
    let (zr, za) = (Complex(0, -1 / (mu * rho)), Complex(0, -1 / mu))
    let one = Complex(1, 0)
    var (qr2, qr1) = (zr, zr * (one - zr))
    var (qa2, qa1) = (za, za * (one - za))
    var (p2, p1) = (1.0, x)
    var sum = zr / (za * (za - one))
    sum = sum + 3 * x * (zr * (zr - one)) / (za * (2 * (za * za) - 2 * za + one))
    for m in 2..<200 {
      let odd = Double(2 * m - 1)
      let qr = qr2 - odd * (zr * qr1)
      let qa = qa2 - odd * (za * qa1)
      let p = (odd * x * p1 - Double(m - 1) * p2) / Double(m)
      let whole = (odd + 2) * qr / (Double(m + 1) * (za * qa) - qa1)
      sum = sum + p * whole
      (qr2, qr1, qa2, qa1, p2, p1) = (qr1, qr, qa1, qa, p1, p)
      // The terms without their polynomial, which may be near a zero of its own.
      if m > 4, whole.power < 1e-9 * sum.power || !whole.power.isFinite { break }
    }
    // Times of the paper run the other way; hence the conjugate.
    let turn = Maths.sinCos(turns: mu / (2 * .pi))
    let whole = rho / mu * (Complex(turn.cos, -turn.sin) * (Complex(0, -1) * sum))
    return (whole.re, -whole.im)
  }

  /// How long sound takes to a point of the sphere, round it where it is in the shadow, less the time to its centre.
  package static func delaySeconds(cosIncidence: Double, metres: Double) -> Double {
    let (a, r) = (radiusMetres, metres)
    let horizon = a / r
    let path =
      cosIncidence >= horizon
      ? (r * r + a * a - 2 * r * a * cosIncidence).squareRoot()
      : (r * r - a * a).squareRoot()
        + a * (Maths.arcCosine(cosIncidence) - Maths.arcCosine(horizon))
    return (path - r) / speedOfSound
  }
}

/// As much of complex numbers as the sphere takes.
private struct Complex {
  var re: Double
  var im: Double

  init(_ re: Double, _ im: Double) { (self.re, self.im) = (re, im) }

  var power: Double { re * re + im * im }

  static func + (a: Complex, b: Complex) -> Complex { Complex(a.re + b.re, a.im + b.im) }
  static func - (a: Complex, b: Complex) -> Complex { Complex(a.re - b.re, a.im - b.im) }
  static func * (a: Double, b: Complex) -> Complex { Complex(a * b.re, a * b.im) }
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }
  static func / (a: Complex, b: Complex) -> Complex {
    let size = 1 / b.power
    return Complex((a.re * b.re + a.im * b.im) * size, (a.im * b.re - a.re * b.im) * size)
  }
}
