import Foundation
import Testing
import TingleDSP

@Suite("Elementary functions")
struct MathsTests {
  @Test("agree with the platform's to one part in 10¹³")
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

  @Test("hold at their edges")
  func edges() {
    #expect(Maths.exp2(-2000) == 0)
    #expect(Maths.exp2(2000) == .infinity)
    #expect(Maths.pow(0, 2) == 0)
    #expect(Maths.decibels(amplitude: 0) == -400)
    #expect(abs(Maths.amplitude(dB: 20) - 10) < 1e-12)
    #expect(abs(Maths.decibels(amplitude: 0.5) + 6.0206) < 1e-4)
  }
}
