/// Vectors of neighbouring numbers in memory, at any alignment.
enum Vectors {
  /// Reads four numbers.
  @inline(__always) static func four(_ at: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(at).loadUnaligned(as: SIMD4<Float>.self)
  }

  /// Reads eight numbers.
  @inline(__always) static func eight(_ at: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(at).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Writes the lanes of a vector.
  @inline(__always) static func store<V: SIMD>(_ value: V, _ at: UnsafeMutablePointer<Float>)
  where V.Scalar == Float {
    UnsafeMutableRawPointer(at).storeBytes(of: value, as: V.self)
  }

  /// The lanes in reverse order.
  @inline(__always) static func reversed(_ value: SIMD4<Float>) -> SIMD4<Float> {
    SIMD4(value[3], value[2], value[1], value[0])
  }
}
