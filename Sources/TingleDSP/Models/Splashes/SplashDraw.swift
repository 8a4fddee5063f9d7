/// The random numbers of one splash, all from 64 bits: there are thousands a second.
struct SplashDraw {
  private let bits: UInt64

  @inline(__always) init(_ bits: UInt64) { self.bits = bits }

  /// Two indices, 0 ..< 256.
  @inline(__always) var indices: (Int, Int) { (Int(bits & 255), Int((bits &>> 8) & 255)) }

  /// A nearly normal number: the sum of four bytes, with a mean of 510 and a standard deviation of 147.8.
  @inline(__always) var normal: Float {
    let sum =
      (bits &>> 16) & 255 &+ (bits &>> 24) & 255 &+ (bits &>> 32) & 255 &+ (bits &>> 40) & 255
    return (Float(sum) - 510) / 147.8
  }

  /// The number of a spectrum, 0 ..< 64.
  @inline(__always) var shape: Int { Int(bits &>> 58) }

  /// The gains of the power at both ears, for a uniform balance from -`width` to `width`; their mean is 1.
  @inline(__always) func ears(width: Float) -> SIMD2<Float> {
    let balance = (Float((bits &>> 48) & 255) - 127.5) * (width / 127.5)
    return 1 / (1 + balance * balance) * SIMD2((1 - balance) * (1 - balance), (1 + balance) * (1 + balance))
  }
}
