import Foundation
import Testing
import TingleDSP

@Suite("Elementary functions")
struct MathsTests {
  @Test("exp2, sin, cos and log agree with the platform to one part in 10¹²")
  func agreement() {
    for k in -4000...4000 {
      let x = Double(k) * 0.01037
      #expect(abs(Maths.exp2(x) / exp2(x) - 1) < 1e-13)
      #expect(abs(Maths.sinCos(turns: x).sin - sin(2 * .pi * x)) < 1e-12)
      #expect(abs(Maths.sinCos(turns: x).cos - cos(2 * .pi * x)) < 1e-12)
      let y = exp(x)
      #expect(abs(Maths.log(y) - log(y)) < 1e-13 * max(1, abs(log(y))))
    }
  }

  @Test("turns and arcCosine agree with the platform on the full circle")
  func angles() {
    for k in 0..<720 {
      let angle = Double(k - 359) / 360 * Double.pi
      let (y, x) = (3 * sin(angle), 3 * cos(angle))
      #expect(abs(Maths.turns(y: y, x: x) * 2 * .pi - atan2(y, x)) < 1e-12)
      #expect(abs(Maths.arcCosine(cos(angle)) - abs(angle)) < 1e-7)
    }
    #expect(Maths.turns(y: 0, x: 0) == 0)
  }

  @Test("the fast Fourier transform equals the direct sum", arguments: [1, 2, 16, 128])
  func fourier(count: Int) {
    var dice = Dice(Draws(seed: 1))
    var re = (0..<count).map { _ in dice.gaussian() }
    var im = (0..<count).map { _ in dice.gaussian() }
    let signal = zip(re, im).map { ($0, $1) }
    FourierTransform.inPlace(&re, &im)
    for k in 0..<count {
      var sum = (0.0, 0.0)
      for (n, value) in signal.enumerated() {
        let angle = -2 * Double.pi * Double(k * n) / Double(count)
        sum.0 += value.0 * cos(angle) - value.1 * sin(angle)
        sum.1 += value.0 * sin(angle) + value.1 * cos(angle)
      }
      #expect(abs(re[k] - sum.0) < 1e-10 && abs(im[k] - sum.1) < 1e-10)
    }
  }

  @Test("limits and special values are as documented")
  func edges() {
    #expect(Maths.exp2(-2000) == 0)
    #expect(Maths.exp2(2000) == .infinity)
    #expect(Maths.pow(0, 2) == 0)
    #expect(Maths.decibels(amplitude: 0) == -400)
    #expect(abs(Maths.amplitude(dB: 20) - 10) < 1e-12)
    #expect(abs(Maths.decibels(amplitude: 0.5) + 6.0206) < 1e-4)
  }
}
