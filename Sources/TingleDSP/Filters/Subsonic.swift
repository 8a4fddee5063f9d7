/// A high-pass at 45 Hz for both ears.
typealias Subsonic = SubsonicFilter<SIMD2<Float>>

/// A high-pass at 45 Hz: it removes frequencies that move a loudspeaker but are inaudible.
///
/// Direct form I: each sample waits for one multiplication and one addition of the sample before, half as
/// many as in the transposed form.
struct SubsonicFilter<Sample: AudioSample>: Sendable {
  private let gain, a1, a2: Float
  private var x1 = Sample.zero
  private var x2 = Sample.zero
  private var y1 = Sample.zero
  private var y2 = Sample.zero

  static var cutoffHz: Double { 45 }
  static var q: Double { 0.7071 }

  /// The coefficients of the high-pass, for filters of another form.
  static func coefficients(sampleRate: Double) -> BiquadCoefficients {
    .highPass(cutoffHz: cutoffHz, q: q, sampleRate: sampleRate)
  }

  /// Creates a filter at rest.
  init(sampleRate: Double) {
    let shape = Self.coefficients(sampleRate: sampleRate)
    (gain, a1, a2) = (shape.b0, shape.a1, shape.a2)
  }

  /// Filters one sample.
  @inline(__always) mutating func process(_ x: Sample) -> Sample {
    let y = (gain * ((x - x1) - (x1 - x2)) - a2 * y2) - a1 * y1
    (x2, x1, y2, y1) = (x1, x, y1, y)
    return y
  }
}

extension SubsonicFilter<SIMD2<Float>> {
  /// Filters a block in place.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>) {
    var filter = self
    for i in block.indices { block[i] = filter.process(block[i]) }
    self = filter
  }
}
