/// A cascade of 2 × `pairs` Klatt resonators in series, for both ears, run as a pipeline.
///
/// Each resonator takes the output of the one before from the previous sample, so that all compute at the
/// same time. The output is that of a plain series, 2 × `pairs` samples later.
public struct ResonatorCascade<let pairs: Int>: Sendable {
  /// Lanes: resonator k's left and right ear, those of resonator k + `pairs`. So the input of a pair is the
  /// output of the pair before, without a shuffle.
  private struct Pair: Sendable {
    var a = SIMD4<Float>(repeating: 1)
    var b = SIMD4<Float>.zero
    var c = SIMD4<Float>.zero
    var y1 = SIMD4<Float>.zero
    var y2 = SIMD4<Float>.zero
  }

  private var pair = InlineArray<pairs, Pair>(repeating: Pair())

  /// Creates a cascade at rest that passes every frequency.
  public init() {}

  /// The number of resonators.
  public static var count: Int { 2 * pairs }

  /// Tunes resonator `index` and keeps its state.
  public mutating func tune(_ index: Int, frequencyHz: Double, bandwidthHz: Double, sampleRate: Double) {
    let klatt = KlattCoefficients(
      frequencyHz: frequencyHz, bandwidthHz: bandwidthHz, sampleRate: sampleRate)
    let (k, lane) = (index % pairs, 2 * (index / pairs))
    (pair[k].a[lane], pair[k].b[lane], pair[k].c[lane]) = (klatt.a, klatt.b, klatt.c)
    (pair[k].a[lane + 1], pair[k].b[lane + 1], pair[k].c[lane + 1]) = (klatt.a, klatt.b, klatt.c)
  }

  /// Filters one frame.
  @inline(__always) public mutating func process(_ x: SIMD2<Float>) -> SIMD2<Float> {
    var input = SIMD4(lowHalf: x, highHalf: pair[pairs - 1].y1.lowHalf)
    for k in 0..<pairs {
      let now = pair[k]
      let y = now.a * input + now.b * now.y1 + now.c * now.y2
      // The next pair reads the previous output of this one.
      input = now.y1
      pair[k].y2 = now.y1
      pair[k].y1 = y
    }
    return input.highHalf
  }

  /// The power gain (squared magnitude) at a frequency, for calibration.
  public func power(hz: Double, sampleRate: Double) -> Double {
    let (s1, c1) = Maths.sinCos(turns: hz / sampleRate)
    let (s2, c2) = Maths.sinCos(turns: 2 * hz / sampleRate)
    var power = 1.0
    for index in 0..<Self.count {
      let (k, lane) = (index % pairs, 2 * (index / pairs))
      let (a, b, c) = (Double(pair[k].a[lane]), Double(pair[k].b[lane]), Double(pair[k].c[lane]))
      let re = 1 - b * c1 - c * c2
      let im = b * s1 + c * s2
      power *= a * a / (re * re + im * im)
    }
    return power
  }
}
