/// A second-order filter in transposed direct form II.
public struct Biquad<Sample: AudioSample>: Sendable {
  /// The coefficients; they can be replaced between samples.
  public var coefficients: BiquadCoefficients
  private var s1 = Sample.zero
  private var s2 = Sample.zero

  /// Creates a filter at rest.
  public init(_ coefficients: BiquadCoefficients) { self.coefficients = coefficients }

  /// Filters one sample.
  @inline(__always) public mutating func process(_ x: Sample) -> Sample {
    let y = coefficients.b0 * x + s1
    s1 = coefficients.b1 * x - coefficients.a1 * y + s2
    s2 = coefficients.b2 * x - coefficients.a2 * y
    return y
  }
}

extension Biquad<SIMD2<Float>> {
  /// Filters a block in place.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    for i in block.indices { block[i] = process(block[i]) }
  }

  /// Sets decayed state to zero before it becomes subnormal: arithmetic on subnormal numbers is about a
  /// hundred times slower.
  mutating func flushToZero() {
    let threshold = SIMD2<Float>(repeating: 1e-25)
    s1.replace(with: 0, where: s1 .< threshold .& s1 .> -threshold)
    s2.replace(with: 0, where: s2 .< threshold .& s2 .> -threshold)
  }
}
