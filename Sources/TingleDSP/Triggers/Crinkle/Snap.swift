/// One snap of a facet: a pulse through its modes, and a breath of noise.
struct Snap: Sendable {
  private var strike = Strike()
  private var ears = SIMD2<Float>(1, 1)
  private var burst = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var burstFramesLeft = 0
  private var noise = WhiteNoise(Draws(seed: 0))
  private var burstLow = Biquad<Float>(.highPass(cutoffHz: 1, q: 0.7, sampleRate: 4))
  private var burstHigh = Biquad<Float>(.lowPass(cutoffHz: 1, q: 0.6, sampleRate: 4))

  /// A snap that is over.
  init() {}

  /// The amplitude under which nothing is worth computing: -90 dB under the highest snap there can be.
  static let floor = 3e-5

  /// - Parameters:
  ///   - amplitude: 1 for the highest snap of the material.
  ///   - softening: how gentle the hand is; a gentler one lets the facet over more slowly.
  ///   - delayFrames: frames from the next block's first until it begins.
  init(
    _ facet: Facet, _ law: MaterialModel, amplitude: Double, softening: Double, delayFrames: Int,
    dice: inout Dice, noise: Draws, sampleRate rate: Double
  ) {
    let pulse = dice.uniform(law.pulseSeconds) * (1 + 0.6 * softening)
    strike = Strike(delayFrames: delayFrames, onsetFrames: max(1, (pulse * rate).rounded(.down)))
    let detune = 1 + 0.03 * max(-3, min(3, dice.gaussian()))
    // A facet snaps to and fro: the same sound with either sign.
    let signed = dice.chance(0.5) ? amplitude : -amplitude
    // Somewhere on the sheet, which is as wide as two hands.
    let balance = dice.uniform(-0.45...0.45)
    ears = .balanced(balance)
    for n in 0..<law.modes {
      let mode = facet.modes[n]
      let hz = mode.frequencyHz * detune
      strike.modes.set(
        n, frequencyHz: hz, dampingPerSecond: mode.dampingPerSecond,
        gain: signed * mode.gain * Strike.pulseSpectrum(hz * pulse),
        balance: balance + 0.3 * dice.clippedGaussian(),
        floor: Self.floor, sampleRate: rate)
    }

    // White noise spreads over a band that grows with the sample rate; its density must not change.
    let density = (rate / 48000).squareRoot()
    let level = amplitude * Maths.amplitude(dB: law.noiseDB) * 0.5
    let timeConstant = 0.0006 + 0.0012 * facet.size
    burst = Decay(level: level * density, timeConstantSeconds: timeConstant, sampleRate: rate)
    burstFramesLeft = level > Self.floor ? Int(timeConstant * rate * Maths.log(level / Self.floor)) : 0
    self.noise = WhiteNoise(noise)
    burstLow = Biquad(.highPass(cutoffHz: 0.8 * law.facetHz.lowerBound, q: 0.7, sampleRate: rate))
    burstHigh = Biquad(.lowPass(cutoffHz: law.facetHz.upperBound, q: 0.6, sampleRate: rate))
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
