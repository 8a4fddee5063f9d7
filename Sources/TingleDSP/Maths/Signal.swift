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
}

extension SIMD2 where Scalar == Float {
  /// The absolute values of the lanes.
  @inlinable @inline(__always) public var magnitude: Self { replacing(with: -self, where: self .< .zero) }
}
