/// One snap of a facet: Hann pulse -> modes of the facet, plus a noise burst -> band-pass.
struct Snap: Sendable {
  private var strike = Strike()
  private var ears = SIMD2<Float>(1, 1)
  private var burst = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var burstFramesLeft = 0
  private var noise = WhiteNoise(Draws(seed: 0))
  private var burstLow = Biquad<Float>(.highPass(cutoffHz: 1, q: 0.7, sampleRate: 4))
  private var burstHigh = Biquad<Float>(.lowPass(cutoffHz: 1, q: 0.6, sampleRate: 4))

  /// Creates a finished snap.
  init() {}

  /// A mode ends at this amplitude: -90 dB below the strongest snap.
  static let floor = 3e-5

  /// - Parameters:
  ///   - amplitude: 1 for the strongest snap of the material.
  ///   - softening: 0 ... 1; a gentler hand lengthens the pulse by up to 60 %.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  init(
    _ facet: Facet, _ model: MaterialModel, amplitude: Double, softening: Double, delayFrames: Int,
    dice: inout Dice, noise: Draws, sampleRate rate: Double
  ) {
    let pulse = dice.uniform(model.pulseSeconds) * (1 + 0.6 * softening)
    strike = Strike(delayFrames: delayFrames, onsetFrames: max(1, (pulse * rate).rounded(.down)))
    let detune = 1 + 0.03 * max(-3, min(3, dice.gaussian()))
    // A facet snaps in both directions: the same sound with either sign.
    let signed = dice.chance(0.5) ? amplitude : -amplitude
    // A random position on the sheet, which is as wide as two hands.
    let balance = dice.uniform(-0.45...0.45)
    ears = .balanced(balance)
    for n in 0..<facet.modes.count {
      let mode = facet.modes[n]
      let hz = mode.frequencyHz * detune
      strike.modes.set(
        n, frequencyHz: hz, dampingPerSecond: mode.dampingPerSecond,
        gain: signed * mode.gain * PulseSpectrum.hann(hz * pulse),
        balance: balance + 0.3 * dice.clippedGaussian(),
        floor: Self.floor, sampleRate: rate)
    }

    let level = amplitude * Maths.amplitude(dB: model.noiseDB) * 0.5
    let timeConstant = 0.0006 + 0.0012 * facet.size
    burst = Decay(
      level: level * WhiteNoise.densityGain(sampleRate: rate), timeConstantSeconds: timeConstant,
      sampleRate: rate)
    burstFramesLeft = level > Self.floor ? Int(timeConstant * rate * Maths.log(level / Self.floor)) : 0
    self.noise = WhiteNoise(noise)
    burstLow = Biquad(.highPass(cutoffHz: 0.8 * model.facetHz.lowerBound, q: 0.7, sampleRate: rate))
    burstHigh = Biquad(.lowPass(cutoffHz: model.facetHz.upperBound, q: 0.6, sampleRate: rate))
  }

  var isOver: Bool { strike.isOver && burstFramesLeft <= 0 }

  /// Adds the snap to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = strike.render(into: &block) else { return }
    let burstEnd = min(block.count, first + burstFramesLeft)
    for i in first..<burstEnd {
      block[i] += (burst.next() * burstLow.process(burstHigh.process(noise.next()))) * ears
    }
    burstFramesLeft -= burstEnd - first
  }
}
