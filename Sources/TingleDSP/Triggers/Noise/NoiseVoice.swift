/// A section of coloured noise: white noise for each ear -> slope filter -> filters of a named curve -> two
/// high-passes -> equal-power fades.
///
/// Each section crossfades into the next.
public struct NoiseVoice: Voice {
  public typealias Settings = Noise

  /// The filters, the same for all voices.
  public struct Shared: Sendable {
    let shape: SlopeFilter.Shape
    /// The filters of a named curve; only the first `sectionCount` are in use.
    let sections: Sections
    let sectionCount: Int
    /// Two subsonic high-passes for both ears; the second takes the output of the first from the previous
    /// sample.
    let subsonic: SubsonicFilter<SIMD4<Float>>
    let gain: Double
    let crossfadeFrames: Int
  }

  typealias Sections = InlineArray<3, Biquad<SIMD2<Float>>>

  private var source: WhiteNoise
  private var left: SlopeFilter
  private var right: SlopeFilter
  private var sections: Sections
  private let sectionCount: Int
  private var subsonic: SubsonicFilter<SIMD4<Float>>
  // The output of the first high-pass.
  private var passed = SIMD2<Float>.zero
  private let crossfadeFrames: Int
  private let fadeOutFrame: Int
  private let level: Double
  private var frame = 0

  public static func prepare(_ settings: Noise, layer: Draws, sampleRate: Double) -> Shared {
    let shape = SlopeFilter.Shape(
      slopeDBPerOctave: settings.colour.slopeDBPerOctave, trebleCutDB: settings.trebleCutDB,
      sampleRate: sampleRate)
    let sections = settings.colour.sections(sampleRate: sampleRate)
    return Shared(
      shape: shape,
      sections: Sections { Biquad(sections.indices.contains($0) ? sections[$0] : .identity) },
      sectionCount: sections.count,
      subsonic: SubsonicFilter(sampleRate: sampleRate),
      gain: 1 / loudness(of: shape, sections, sampleRate: sampleRate),
      crossfadeFrames: Int(Noise.crossfadeSeconds * sampleRate))
  }

  /// The RMS of the noise after an approximate K-weighting. Its inverse makes every colour equally loud.
  ///
  /// Summed over thirds of an octave.
  private static func loudness(
    of shape: SlopeFilter.Shape, _ sections: [BiquadCoefficients], sampleRate: Double
  ) -> Double {
    var power = 0.0
    for third in 0..<28 {
      let hz = 31.5 * Maths.exp2(Double(third) / 3)
      let gain = shape.gain(atHz: hz, sampleRate: sampleRate)
      let curve = sections.reduce(1) { $0 * $1.power(turns: hz / sampleRate) }
      power += curve * gain * gain * ApproximateKWeighting.power(atHz: hz) * hz * 0.2316
    }
    return (power / (sampleRate / 2)).squareRoot()
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    source = WhiteNoise(cue.draws)
    left = SlopeFilter(shared.shape)
    right = SlopeFilter(shared.shape)
    (sections, sectionCount) = (shared.sections, shared.sectionCount)
    subsonic = shared.subsonic
    crossfadeFrames = shared.crossfadeFrames
    fadeOutFrame = cue.spanFrames
    level = shared.gain
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var gain = Ramp(
      from: gain(at: frame), to: gain(at: frame + block.count), frames: block.count)
    for i in block.indices {
      let white = source.nextPair()
      var coloured = SIMD8.laneSums(left.step(white.x), right.step(white.y))
      for k in 0..<sectionCount { coloured = sections[k].process(coloured) }
      let high = subsonic.process(SIMD4(lowHalf: coloured, highHalf: passed))
      passed = high.lowHalf
      block[i] += gain.next() * high.highHalf
    }
    frame += block.count
    return frame < fadeOutFrame + crossfadeFrames
  }

  private func gain(at frame: Int) -> Float {
    let length = Double(crossfadeFrames)
    let rising = Curves.equalPower(Double(frame) / length).fadeIn
    let falling = Curves.equalPower(Double(frame - fadeOutFrame) / length).fadeOut
    return Float(level * rising * falling)
  }
}
