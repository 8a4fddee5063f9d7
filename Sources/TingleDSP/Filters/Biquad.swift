/// A second-order filter in direct form I: each sample waits for one multiplication and one addition of the
/// sample before, half as many as in the transposed form.
public struct Biquad<Sample: AudioSample>: Sendable {
  /// The coefficients; they can be replaced between samples.
  public var coefficients: BiquadCoefficients
  private var x1 = Sample.zero
  private var x2 = Sample.zero
  private var y1 = Sample.zero
  private var y2 = Sample.zero

  /// Creates a filter at rest.
  public init(_ coefficients: BiquadCoefficients) { self.coefficients = coefficients }

  /// Filters one sample.
  @inline(__always) public mutating func process(_ x: Sample) -> Sample {
    let zeros = coefficients.b0 * x + (coefficients.b1 * x1 + coefficients.b2 * x2)
    let y = (zeros - coefficients.a2 * y2) - coefficients.a1 * y1
    (x2, x1, y2, y1) = (x1, x, y1, y)
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
    y1.replace(with: 0, where: y1 .< threshold .& y1 .> -threshold)
    y2.replace(with: 0, where: y2 .< threshold .& y2 .> -threshold)
  }
}

/// Two second-order filters of one stereo signal, side by side.
struct TwinBiquad: Sendable {
  private let b0, b1, b2, a1, a2: SIMD4<Float>
  private var x1 = SIMD4<Float>.zero
  private var x2 = SIMD4<Float>.zero
  private var y1 = SIMD4<Float>.zero
  private var y2 = SIMD4<Float>.zero

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
    let y = (b0 * x + (b1 * x1 + b2 * x2) - a2 * y2) - a1 * y1
    (x2, x1, y2, y1) = (x1, x, y1, y)
    return (y.lowHalf, y.highHalf)
  }
}
