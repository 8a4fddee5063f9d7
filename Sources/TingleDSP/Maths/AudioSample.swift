/// The sample type of a filter: one channel (`Float`), or several side by side (`SIMD2<Float>` and wider).
///
/// A filter that is generic over `AudioSample` processes all channels with the same coefficients.
public protocol AudioSample: Sendable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Float, b: Self) -> Self
}

extension Float: AudioSample {}
extension SIMD2: AudioSample where Scalar == Float {}
extension SIMD4: AudioSample where Scalar == Float {}
extension SIMD8: AudioSample where Scalar == Float {}
