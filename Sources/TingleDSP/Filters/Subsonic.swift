/// Takes out of a voice what moves a membrane and is not heard: a high-pass at 45 Hz for both ears.
///
/// Direct form I: a sample waits for one multiplication and one addition of the sample before, where the transposed form's waits for
/// twice as much.
struct Subsonic: Sendable {
  private let gain, a1, a2: Float
  private var x1 = SIMD2<Float>.zero
  private var x2 = SIMD2<Float>.zero
  private var y1 = SIMD2<Float>.zero
  private var y2 = SIMD2<Float>.zero

  /// A filter at rest.
  init(sampleRate: Double) {
    let shape = BiquadCoefficients.highPass(cutoffHz: 45, q: 0.7071, sampleRate: sampleRate)
    (gain, a1, a2) = (shape.b0, shape.a1, shape.a2)
  }

  /// Filters all that is in a block.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    var (x1, x2, y1, y2) = (x1, x2, y1, y2)
    for i in block.indices {
      let x = block[i]
      let y = (gain * ((x - x1) - (x1 - x2)) - a2 * y2) - a1 * y1
      (x2, x1, y2, y1) = (x1, x, y1, y)
      block[i] = y
    }
    (self.x1, self.x2, self.y1, self.y2) = (x1, x2, y1, y2)
  }
}
