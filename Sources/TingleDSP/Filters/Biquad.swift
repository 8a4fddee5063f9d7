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

/// Two second-order filters of one stereo signal, side by side, in transposed direct form II.
struct TwinBiquad: Sendable {
  private let b0, b1, b2, a1, a2: SIMD4<Float>
  private var s1 = SIMD4<Float>.zero
  private var s2 = SIMD4<Float>.zero

  /// Creates two filters at rest.
  init(_ first: BiquadCoefficients, _ second: BiquadCoefficients) {
    func lanes(_ first: Float, _ second: Float) -> SIMD4<Float> { SIMD4(first, first, second, second) }
    (b0, b1, b2) = (lanes(first.b0, second.b0), lanes(first.b1, second.b1), lanes(first.b2, second.b2))
    (a1, a2) = (lanes(first.a1, second.a1), lanes(first.a2, second.a2))
  }

  /// Filters one frame.
  @inline(__always) mutating func process(
    _ frame: SIMD2<Float>
  ) -> (first: SIMD2<Float>, second: SIMD2<Float>) {
    let x = SIMD4(lowHalf: frame, highHalf: frame)
    let y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    return (y.lowHalf, y.highHalf)
  }
}
