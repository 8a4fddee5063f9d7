import Testing

@testable import TingleDSP

@Suite("Lane sums")
struct LaneSumTests {
  private static let four = (0..<4).map { k in
    SIMD4<Float>(0.1 + Float(k), 1e-3 * Float(k + 1), -3.7 * Float(k), 1e5 / Float(k + 3))
  }

  @Test("sums of several vectors have the bits of the sum of each")
  func four() {
    let v = Self.four
    #expect(SIMD4.laneSums(v[0], v[1]) == SIMD2(v[0].laneSum, v[1].laneSum))
    let sums = SIMD4.laneSums(v[0], v[1], v[2], v[3])
    #expect(sums == SIMD4(v[0].laneSum, v[1].laneSum, v[2].laneSum, v[3].laneSum))
  }

  @Test("sums of eight lanes have the bits of the sum of each")
  func eight() {
    let v = Self.four
    let (a, b) = (SIMD8(lowHalf: v[0], highHalf: v[1]), SIMD8(lowHalf: v[2], highHalf: v[3]))
    let (c, d) = (a - 2 * b, b * a)
    #expect(SIMD8.laneSums(a, b) == SIMD2(a.laneSum, b.laneSum))
    #expect(SIMD8.laneSums(a, b, c, d) == SIMD4(a.laneSum, b.laneSum, c.laneSum, d.laneSum))
  }
}
