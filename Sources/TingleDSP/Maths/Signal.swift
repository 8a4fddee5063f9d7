/// What a filter can run on: one channel (`Float`) or several side by side (`SIMD2<Float>` ...).
public protocol Signal: Sendable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Float, b: Self) -> Self
}

extension Float: Signal {}
extension SIMD2: Signal where Scalar == Float {}
extension SIMD4: Signal where Scalar == Float {}
extension SIMD8: Signal where Scalar == Float {}

extension SIMD8 where Scalar == Float {
  /// The sum of the lanes, pairwise: the same order on every machine.
  @inline(__always) var laneSum: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The sums of the lanes of two, in one go; the same bits as `laneSum` of each.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self) -> SIMD2<Float> {
    let (p, q) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf)
    let r = SIMD4(lowHalf: p.lowHalf, highHalf: q.lowHalf) + SIMD4(lowHalf: p.highHalf, highHalf: q.highHalf)
    return r.evenHalf + r.oddHalf
  }

  /// The same of four: halves folded, then the rest as the columns of a matrix.
  @inline(__always) static func laneSums(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> SIMD4<Float> {
    let (p, q) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf)
    let (r, s) = (c.lowHalf + c.highHalf, d.lowHalf + d.highHalf)
    let pq = SIMD4(lowHalf: p.lowHalf, highHalf: q.lowHalf) + SIMD4(lowHalf: p.highHalf, highHalf: q.highHalf)
    let rs = SIMD4(lowHalf: r.lowHalf, highHalf: s.lowHalf) + SIMD4(lowHalf: r.highHalf, highHalf: s.highHalf)
    return SIMD4(lowHalf: pq.evenHalf, highHalf: rs.evenHalf)
      + SIMD4(lowHalf: pq.oddHalf, highHalf: rs.oddHalf)
  }
}

extension SIMD2 where Scalar == Float {
  /// The absolute values of the lanes.
  @inlinable @inline(__always) public var magnitude: Self { replacing(with: -self, where: self .< .zero) }
}

extension SIMD2<Float> {
  /// Gains for both ears: 0 for both alike, 1 for the right alone, -1 for the left alone; the mean power stays.
  static func balanced(_ balance: Double) -> SIMD2<Float> {
    let size = 1 / (1 + balance * balance).squareRoot()
    return SIMD2(Float((1 - balance) * size), Float((1 + balance) * size))
  }
}
