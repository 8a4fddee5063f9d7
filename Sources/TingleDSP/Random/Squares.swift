/// Squares: a counter-based random number generator, a pure function of a key and a counter.
///
/// B. Widynski, "Squares: A Fast Counter-Based RNG", arXiv:2004.06278 (2020), figures 1 and 2: rounds of
/// the middle-square method on a Weyl sequence. The key must be odd, with irregular bits.
public enum Squares {
  /// 32 random bits, from four rounds.
  @inlinable @inline(__always) public static func bits32(counter: UInt64, key: UInt64) -> UInt32 {
    var x = counter &* key
    let y = x
    let z = y &+ key
    x = swapHalves(x &* x &+ y)
    x = swapHalves(x &* x &+ z)
    x = swapHalves(x &* x &+ y)
    return UInt32(truncatingIfNeeded: (x &* x &+ z) &>> 32)
  }

  /// 64 random bits, from five rounds.
  @inlinable @inline(__always) public static func bits64(counter: UInt64, key: UInt64) -> UInt64 {
    var x = counter &* key
    let y = x
    let z = y &+ key
    x = swapHalves(x &* x &+ y)
    x = swapHalves(x &* x &+ z)
    x = swapHalves(x &* x &+ y)
    let t = x &* x &+ z
    x = swapHalves(t)
    return t ^ ((x &* x &+ y) &>> 32)
  }

  @inlinable @inline(__always) static func swapHalves(_ x: UInt64) -> UInt64 { (x &>> 32) | (x &<< 32) }
}
