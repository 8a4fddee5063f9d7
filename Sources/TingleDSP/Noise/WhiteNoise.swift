/// White noise with an RMS of 1: a pure function of its random stream and the sample index.
public struct WhiteNoise: Sendable {
  @usableFromInline let draws: Draws
  @usableFromInline var index: UInt64 = 0

  /// The gain that keeps the spectral density of white noise at any sample rate; 1 at 48 kHz.
  ///
  /// White noise with a fixed RMS spreads its power over a band that grows with the sample rate.
  static func densityGain(sampleRate: Double) -> Double { (sampleRate / 48000).squareRoot() }

  /// Creates noise that starts at index 0 of the stream.
  @inlinable public init(_ draws: Draws) { self.draws = draws }

  /// The next sample of two independent noises, from one draw. Do not mix with `next`.
  @inlinable @inline(__always) public mutating func nextPair() -> SIMD2<Float> {
    defer { index &+= 1 }
    let bits = Squares.bits64(counter: index, key: draws.key)
    return (0x1p-31 * 1.7320508)
      * SIMD2(Float(Int32(truncatingIfNeeded: bits)), Float(Int32(truncatingIfNeeded: bits &>> 32)))
  }

  /// The next sample of four independent noises of 16 bits each, from one draw. Do not mix with the other
  /// functions.
  @inlinable @inline(__always) public mutating func nextQuad() -> SIMD4<Float> {
    defer { index &+= 1 }
    let bits = Squares.bits64(counter: index, key: draws.key)
    let words = unsafeBitCast(bits, to: SIMD4<Int16>.self)
    return (0x1p-15 * 1.7320508) * (SIMD4<Float>(words) + 0.5)
  }

  /// The next sample: uniform in -√3 ... √3.
  @inlinable @inline(__always) public mutating func next() -> Float {
    defer { index &+= 1 }
    return draws.white(index) * 1.7320508
  }
}
