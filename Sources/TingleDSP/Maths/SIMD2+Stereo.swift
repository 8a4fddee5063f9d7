extension SIMD2 where Scalar == Float {
  /// The absolute value of each lane.
  @inlinable @inline(__always) public var magnitude: Self { replacing(with: -self, where: self .< .zero) }
}

extension SIMD2<Float> {
  /// The gains of the left and right channel for a stereo balance; their mean power is 1.
  /// - Parameter balance: -1 is left only, 0 is centred, 1 is right only.
  static func balanced(_ balance: Double) -> SIMD2<Float> {
    let size = 1 / (1 + balance * balance).squareRoot()
    return SIMD2(Float((1 - balance) * size), Float((1 + balance) * size))
  }
}
