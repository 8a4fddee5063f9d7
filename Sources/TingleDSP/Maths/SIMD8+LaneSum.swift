// Horizontal sums in a fixed order: floating-point addition is not associative, and a mix has the same bits
// on every machine.
extension SIMD8 where Scalar == Float {
  /// The sum of the eight lanes, added pairwise.
  @inline(__always) var laneSum: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The lane sums of two vectors, computed together; bit-identical to `laneSum` of each.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self) -> SIMD2<Float> {
    let (p, q) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf)
    let r = SIMD4(lowHalf: p.lowHalf, highHalf: q.lowHalf) + SIMD4(lowHalf: p.highHalf, highHalf: q.highHalf)
    return r.evenHalf + r.oddHalf
  }

  /// The lane sums of four vectors, computed together; bit-identical to `laneSum` of each.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> SIMD4<Float> {
    let (p, q) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf)
    let (r, s) = (c.lowHalf + c.highHalf, d.lowHalf + d.highHalf)
    // Each vector is folded to two partial sums; the even lanes are then added to the odd ones.
    let pq = SIMD4(lowHalf: p.lowHalf, highHalf: q.lowHalf) + SIMD4(lowHalf: p.highHalf, highHalf: q.highHalf)
    let rs = SIMD4(lowHalf: r.lowHalf, highHalf: s.lowHalf) + SIMD4(lowHalf: r.highHalf, highHalf: s.highHalf)
    return SIMD4(lowHalf: pq.evenHalf, highHalf: rs.evenHalf)
      + SIMD4(lowHalf: pq.oddHalf, highHalf: rs.oddHalf)
  }
}
