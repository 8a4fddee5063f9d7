/// A high-pass at 45 Hz for both ears: it removes frequencies that move a loudspeaker but are inaudible.
///
/// Direct form I: each sample waits for one multiplication and one addition of the sample before, half as
/// many as in the transposed form.
struct Subsonic: Sendable {
  private let gain, a1, a2: Float
  private var x1 = SIMD2<Float>.zero
  private var x2 = SIMD2<Float>.zero
  private var y1 = SIMD2<Float>.zero
  private var y2 = SIMD2<Float>.zero

  static let cutoffHz = 45.0
  static let q = 0.7071

  /// The coefficients of the high-pass, for filters of another form.
  static func coefficients(sampleRate: Double) -> BiquadCoefficients {
    .highPass(cutoffHz: cutoffHz, q: q, sampleRate: sampleRate)
  }

  /// Creates a filter at rest.
  init(sampleRate: Double) {
    let shape = Self.coefficients(sampleRate: sampleRate)
    (gain, a1, a2) = (shape.b0, shape.a1, shape.a2)
  }

  /// Filters a block in place.
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
