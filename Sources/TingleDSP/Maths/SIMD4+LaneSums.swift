extension SIMD4 where Scalar == Float {
  /// The sum of the lanes: the same order on every machine.
  @inline(__always) var laneSum: Float {
    let halves = lowHalf + highHalf
    return halves.x + halves.y
  }

  /// The lane sums of two vectors, pairwise: the same order on every machine.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self) -> SIMD2<Float> {
    let halves =
      SIMD4(lowHalf: a.lowHalf, highHalf: b.lowHalf) + SIMD4(lowHalf: a.highHalf, highHalf: b.highHalf)
    return halves.evenHalf + halves.oddHalf
  }
}
