/// White noise with an RMS of 1, a pure function of its draws and the sample's number.
public struct WhiteNoise: Sendable {
  @usableFromInline let draws: Draws
  @usableFromInline var index: UInt64 = 0

  /// Noise that begins at the stream's first draw.
  @inlinable public init(_ draws: Draws) { self.draws = draws }

  /// The next sample of two independent noises, from one draw; do not mix with the others.
  @inlinable @inline(__always) public mutating func nextPair() -> SIMD2<Float> {
    defer { index &+= 1 }
    let bits = Squares.bits64(counter: index, key: draws.key)
    return (0x1p-31 * 1.7320508)
      * SIMD2(Float(Int32(truncatingIfNeeded: bits)), Float(Int32(truncatingIfNeeded: bits &>> 32)))
  }

  /// The next sample of three independent noises of 21 bits, from one draw: one that is in `each` ear's way and one that
  /// `both` ears share. Do not mix with the others.
  @inlinable @inline(__always) public mutating func nextTriple() -> (both: Float, each: SIMD2<Float>) {
    defer { index &+= 1 }
    let bits = Int64(bitPattern: Squares.bits64(counter: index, key: draws.key))
    // Arithmetic shifts bring each field's sign along.
    let scale: Float = 0x1p-20 * 1.7320508
    let left = Float(Int32(truncatingIfNeeded: bits >> 43))
    let right = Float(Int32(truncatingIfNeeded: (bits << 21) >> 43))
    let both = Float(Int32(truncatingIfNeeded: (bits << 42) >> 43))
    return (scale * both, scale * SIMD2(left, right))
  }

  /// The next sample: uniform in -√3 ... √3.
  @inlinable @inline(__always) public mutating func next() -> Float {
    defer { index &+= 1 }
    return draws.white(index) * 1.7320508
  }
}
