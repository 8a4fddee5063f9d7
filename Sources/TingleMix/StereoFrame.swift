/// A frame of the mix: the left and the right sample.
public typealias StereoFrame = SIMD2<Float>

extension StereoFrame {
  /// The mono downmix: the mean of both channels, M of mid/side.
  @inlinable @inline(__always) public var mid: Float { 0.5 * (x + y) }
}
