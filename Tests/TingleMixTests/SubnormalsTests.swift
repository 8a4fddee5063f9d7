import Testing
import TingleMix

@Suite("Subnormal numbers")
struct SubnormalsTests {
  /// The smallest normal number, halved at run time.
  @inline(never) private func half(_ number: Float) -> Float { number * 0.5 }

  @Test("are zero within the scope, and as before after it")
  func flushed() {
    let smallest = Float.leastNormalMagnitude
    #expect(half(smallest).isSubnormal)
    #expect(Subnormals.flushed { half(smallest) } == 0)
    // Also those that are read.
    #expect(Subnormals.flushed { half(4 * half(smallest)) } == 0)
    #expect(half(smallest).isSubnormal)
  }

  @Test("other numbers keep their bits")
  func others() {
    for number in [Float(1), -1e-37, 3e38, .pi] {
      #expect(Subnormals.flushed { half(number) } == half(number))
    }
  }
}
