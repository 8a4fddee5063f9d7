/// A stretch of noise that fades in as its predecessor fades out, at equal power.
public struct NoiseVoice: Voice {
  public typealias Settings = Noise

  /// The filters, the same for every voice.
  public struct Shared: Sendable {
    let shape: SlopeFilter.Shape
    /// Two high-passes, the second on what the first gave one sample earlier, each for both ears: what shakes
    /// a headphone and is not heard stays out.
    let rumble: StateVariable<SIMD4<Float>>
    let gain: Double
    let crossfadeFrames: Int
  }

  private var source: WhiteNoise
  private var left: SlopeFilter
  private var right: SlopeFilter
  private var rumble: StateVariable<SIMD4<Float>>
  private var passed = SIMD2<Float>.zero
  private let crossfadeFrames: Int
  private let fadeOutFrame: Int
  private let loudness: Double
  private var frame = 0

  public static func prepare(_ settings: Noise, layer: Draws, sampleRate: Double) -> Shared {
    let shape = SlopeFilter.Shape(
      slopeDBPerOctave: settings.slopeDBPerOctave, softnessDB: settings.trebleCutDB, sampleRate: sampleRate)
    return Shared(
      shape: shape, rumble: StateVariable(cutoffHz: Subsonic.cutoffHz, q: Subsonic.q, sampleRate: sampleRate),
      gain: 1 / loudness(of: shape, sampleRate: sampleRate),
      crossfadeFrames: Int(Noise.crossfadeSeconds * sampleRate))
  }

  /// The RMS of the noise as an ear weighs it, so that every colour is equally loud.
  ///
  /// ITU-R BS.1770-4, annex 1: little below 60 Hz, 4 dB more above 1.5 kHz; here as first-order curves.
  private static func loudness(of shape: SlopeFilter.Shape, sampleRate: Double) -> Double {
    var power = 0.0
    for third in 0..<28 {
      let hz = 31.5 * Maths.exp2(Double(third) / 3)
      let rumble = hz * hz / (hz * hz + 60 * 60)
      let presence = 1 + 1.512 * hz * hz / (hz * hz + 1500 * 1500)
      let gain = shape.gain(atHz: hz, sampleRate: sampleRate)
      power += gain * gain * rumble * rumble * presence * hz * 0.2316
    }
    return (power / (sampleRate / 2)).squareRoot()
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    source = WhiteNoise(cue.draws)
    left = SlopeFilter(shared.shape)
    right = SlopeFilter(shared.shape)
    rumble = shared.rumble
    crossfadeFrames = shared.crossfadeFrames
    fadeOutFrame = cue.spanFrames
    loudness = shared.gain
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var gain = Ramp(
      from: gain(at: frame), to: gain(at: frame + block.count), frames: block.count)
    for i in block.indices {
      let white = source.nextPair()
      let coloured = SIMD8.laneSums(left.step(white.x), right.step(white.y))
      let high = rumble.process(SIMD4(lowHalf: coloured, highHalf: passed)).high
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
    return Float(loudness * rising * falling)
  }
}
