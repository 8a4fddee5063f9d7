/// White noise with an RMS of 1, a pure function of its draws and the sample's number.
public struct WhiteNoise: Sendable {
  let draws: Draws
  var index: UInt64 = 0

  /// Noise that begins at the stream's first draw.
  public init(_ draws: Draws) { self.draws = draws }

  /// The next sample of two independent noises, from one draw; do not mix with `next`.
  @inline(__always) public mutating func nextPair() -> SIMD2<Float> {
    defer { index &+= 1 }
    let bits = Squares.bits64(counter: index, key: draws.key)
    return SIMD2(
      Float(Int32(truncatingIfNeeded: bits)) * (0x1p-31 * 1.7320508),
      Float(Int32(truncatingIfNeeded: bits &>> 32)) * (0x1p-31 * 1.7320508))
  }

  /// The next sample: uniform in -√3 ... √3.
  @inline(__always) public mutating func next() -> Float {
    defer { index &+= 1 }
    return draws.white(index) * 1.7320508
  }
}
