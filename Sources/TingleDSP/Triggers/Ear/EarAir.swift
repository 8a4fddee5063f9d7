/// The air at the ears: one puff, or a section of the air under a hand or in a shell.
struct EarAir: Sendable {
  private let kind: EarKind
  private var noise: OctaveNoise
  private var subsonic: Subsonic
  private var flutters: InlineArray<8, Flutter>
  private var cavities: InlineArray<2, Cavity>
  private var hands: InlineArray<2, Drift>
  private let sides: SIMD2<Float>
  private let pace: Double
  private let force: Double
  private let gain: Double
  private let startSeconds, spanSeconds: Double
  private let puffSeconds, riseSeconds: Double
  private let sampleRate: Double
  private var frame = 0

  /// The shortest rise of a puff: a sudden one would be heard as a pop.
  private static let shortestRiseSeconds = 0.2

  init(_ prepared: borrowing OctaveNoise.Prepared, _ settings: Ear, sides: SIMD2<Float>, cue: Cue) {
    kind = settings.kind
    noise = OctaveNoise(prepared, draws: cue.draws.branch("air"))
    subsonic = Subsonic(sampleRate: cue.sampleRate)
    flutters = InlineArray { octave in
      // Large eddies are slow.
      Flutter(
        sigma: 0.45, correlationSeconds: 0.12 * Maths.exp2(-0.4 * Double(octave)),
        draws: cue.draws.branch("flutter").branch(octave))
    }
    cavities = InlineArray(repeating: Cavity(kind: settings.kind, sampleRate: cue.sampleRate))
    pace = settings.gesturesPerSecond * cue.pace
    let slowest = 1.2 / pace
    hands = InlineArray { side in
      Drift(cue.layer.branch("hand").branch(side), slowestSeconds: slowest, octaves: 2)
    }
    self.sides = sides
    gain = 0.05
    var dice = Dice(cue.draws.branch("puff"))
    force = Maths.amplitude(dB: settings.intensityDB + 2 * dice.clippedGaussian())
    let usual = min(2.4, 0.6 * cue.spanSeconds)
    puffSeconds = max(0.7, usual * dice.uniform(0.65...1.1))
    riseSeconds = max(Self.shortestRiseSeconds, puffSeconds * dice.uniform(0.25...0.5))
    (startSeconds, spanSeconds) = (cue.seconds, cue.spanSeconds)
    sampleRate = cue.sampleRate
  }

  /// Adds the next frames to a block.
  /// - Returns: whether more will follow.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    return kind == .blowing ? blow(until: end, into: &block) : enclose(until: end, into: &block)
  }

  /// The breath: faster air is louder and brighter.
  private mutating func blow(until end: Double, into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let t =
      end < riseSeconds
      ? 0.5 * end / riseSeconds : 0.5 + 0.5 * (end - riseSeconds) / (puffSeconds - riseSeconds)
    let flow = force * Curves.bell(t)
    var gains = SIMD8<Float>.zero
    for k in 0..<8 {
      // The power of turbulence rises with the flow, that of small eddies most.
      let exponent = 1 + 0.12 * Double(k)
      gains[k] = Float(gain * Maths.pow(flow, exponent) * flutters[k].gain(at: end))
    }
    noise.render(into: &block, left: sides.x * gains, right: sides.y * gains)
    subsonic.process(&block)
    return t < 1.05
  }

  /// The air of a room through the cavity at each ear.
  private mutating func enclose(until end: Double, into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let fade = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Ear.crossfadeSeconds)
    let level = SIMD8<Float>(repeating: Float(gain * fade))
    noise.render(into: &block, left: level, right: level)
    let now = startSeconds + end
    for side in 0..<2 {
      let hand = hands[side].value(at: now)
      cavities[side].process(&block, side: side, coverage: Curves.step(0.5 + 0.45 * hand), force: force)
    }
    subsonic.process(&block)
    return end < spanSeconds + Ear.crossfadeSeconds
  }
}
