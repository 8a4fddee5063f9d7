extension SIMD4 where Scalar == Float {
  /// The sum of the lanes: the same order on every machine.
  @inline(__always) var laneSum: Float {
    let halves = lowHalf + highHalf
    return halves.x + halves.y
  }

  /// The lane sums of two vectors, pairwise: the same order on every machine.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self) -> SIMD2<Float> {
    let halves = halfSums(a, b)
    return halves.evenHalf + halves.oddHalf
  }

  /// The lane sums of four vectors, computed together; bit-identical to `laneSum` of each.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self {
    let (p, q) = (halfSums(a, b), halfSums(c, d))
    return SIMD4(lowHalf: p.evenHalf, highHalf: q.evenHalf) + SIMD4(lowHalf: p.oddHalf, highHalf: q.oddHalf)
  }

  /// The sums of the two halves of each vector, those of `a` first.
  @inline(__always) private static func halfSums(_ a: Self, _ b: Self) -> Self {
    SIMD4(lowHalf: a.lowHalf, highHalf: b.lowHalf) + SIMD4(lowHalf: a.highHalf, highHalf: b.highHalf)
  }
}
