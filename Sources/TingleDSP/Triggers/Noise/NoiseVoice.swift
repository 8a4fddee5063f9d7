/// A stretch of noise that fades in as its predecessor fades out, at equal power.
public struct NoiseVoice: Voice {
  public typealias Settings = Noise

  /// The filters, the same for every voice.
  public struct Shared: Sendable {
    let shape: SlopeFilter.Shape
    let rumble: OnePole<SIMD2<Float>>
    let crossfadeFrames: Int
  }

  private var source: WhiteNoise
  private var left: SlopeFilter
  private var right: SlopeFilter
  private var rumble: OnePole<SIMD2<Float>>
  private let crossfadeFrames: Int
  private let fadeOutFrame: Int
  private var frame = 0

  public static func prepare(_ settings: Noise, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      shape: SlopeFilter.Shape(
        slopeDBPerOctave: settings.slopeDBPerOctave, softnessDB: settings.softnessDB, sampleRate: sampleRate),
      rumble: OnePole(cutoffHz: 25, sampleRate: sampleRate),
      crossfadeFrames: Int(Noise.crossfadeSeconds * sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    source = WhiteNoise(cue.draws)
    left = SlopeFilter(shared.shape)
    right = SlopeFilter(shared.shape)
    rumble = shared.rumble
    crossfadeFrames = shared.crossfadeFrames
    fadeOutFrame = cue.spanFrames
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var gain = Ramp(
      from: gain(at: frame), to: gain(at: frame + block.count), frames: block.count)
    for i in block.indices {
      let white = source.nextPair()
      let coloured = SIMD2(left.process(white.x), right.process(white.y))
      block[i] += gain.next() * rumble.highPass(coloured)
    }
    frame += block.count
    return frame < fadeOutFrame + crossfadeFrames
  }

  private func gain(at frame: Int) -> Float {
    let length = Double(crossfadeFrames)
    let rising = Curves.equalPower(Double(frame) / length).fadeIn
    let falling = Curves.equalPower(Double(frame - fadeOutFrame) / length).fadeOut
    return Float(rising * falling)
  }
}
