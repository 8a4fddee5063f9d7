import TingleDSP

/// A spherical head model: the response at a point of a rigid sphere to a nearby point source.
///
/// R. O. Duda and W. L. Martens, "Range dependence of the response of a spherical head model", JASA 104
/// (1998) 3048.
package enum Sphere {
  /// The radius of an average head in metres: V. R. Algazi, C. Avendano and R. O. Duda, JAES 49 (2001) 472.
  package static let radiusMetres = 0.0875
  /// The speed of sound in metres per second, at 20 °C.
  package static let speedOfSound = 343.0
  /// The largest interaural time difference (ITD) of the delays, at any distance. The ears' minimum-phase
  /// filters add up to 25 µs; the sum stays within human ITDs.
  package static let longestITDSeconds = 675e-6

  /// The magnitude of the pressure at a point of the sphere, relative to the free-field pressure at its
  /// centre.
  /// - Parameters:
  ///   - hz: the frequency; above 0.
  ///   - cosIncidence: the cosine of the angle between the point and the source, as seen from the centre.
  ///   - metres: the distance from the centre to the source; above the radius.
  package static func gain(hz: Double, cosIncidence: Double, metres: Double) -> Double {
    let response = response(hz: hz, cosIncidence: cosIncidence, metres: metres)
    return (response.re * response.re + response.im * response.im).squareRoot()
  }

  /// The same with its phase; a delay has negative phase. Equation (3) of the paper by the recursion of its
  /// appendix.
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
      let coefficient = (odd + 2) * qr / (Double(m + 1) * (za * qa) - qa1)
      sum = sum + p * coefficient
      (qr2, qr1, qa2, qa1, p2, p1) = (qr1, qr, qa1, qa, p1, p)
      // The test omits the Legendre polynomial, which can be near one of its own zeros.
      if m > 4, coefficient.power < 1e-9 * sum.power || !coefficient.power.isFinite { break }
    }
    // The paper uses the opposite sign of time; hence the conjugate.
    let turn = Maths.sinCos(turns: mu / (2 * .pi))
    let response = rho / mu * (Complex(turn.cos, -turn.sin) * (Complex(0, -1) * sum))
    return (response.re, -response.im)
  }

  /// The travel time to a point of the sphere, around the sphere for a point in its shadow, minus the travel
  /// time to the centre. In seconds.
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

/// A complex number, with the operations that `Sphere` needs.
private struct Complex {
  var re: Double
  var im: Double

  init(_ re: Double, _ im: Double) { (self.re, self.im) = (re, im) }

  /// The squared magnitude.
  var power: Double { re * re + im * im }

  static func + (a: Complex, b: Complex) -> Complex { Complex(a.re + b.re, a.im + b.im) }
  static func - (a: Complex, b: Complex) -> Complex { Complex(a.re - b.re, a.im - b.im) }
  static func * (a: Double, b: Complex) -> Complex { Complex(a * b.re, a * b.im) }
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }
  static func / (a: Complex, b: Complex) -> Complex {
    let scale = 1 / b.power
    return Complex((a.re * b.re + a.im * b.im) * scale, (a.im * b.re - a.re * b.im) * scale)
  }
}
