/// A grain: the release of one bristle, hair, fibre or crystal. A short burst, half tone, half noise.
///
/// Cosine + band of noise around it -> envelope with a soft attack -> balance.
struct Grain: Sendable {
  private var delay = StartDelay()
  private var framesLeft = 0
  // The phasor of the tone.
  private var phasor = SIMD2<Float>(1, 0)
  private var step = SIMD2<Float>(1, 0)
  // The envelope is the difference of two decays: `level` - `missing`.
  private var level: Float = 0
  private var missing: Float = 0
  private var factor: Float = 0
  private var missingFactor: Float = 0
  private var noise = WhiteNoise(Draws(seed: 0))
  private var low = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var noiseGain: Float = 0
  private var ears = SIMD2<Float>(1, 1)

  /// Creates a finished grain.
  init() {}

  /// The grain ends at this level, relative to its peak: -60 dB.
  private static let floor = 1e-3
  /// The peak of the envelope x - x³, with x = e^(-t/τ).
  private static let envelopePeak = 0.385

  /// - Parameters:
  ///   - decaySeconds: the time constant of the decay.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  init(
    frequencyHz: Double, decaySeconds: Double, amplitude: Double, balance: Double, delayFrames: Int,
    draws: Draws, sampleRate: Double
  ) {
    delay = StartDelay(frames: delayFrames)
    framesLeft = Int(-Maths.log(Self.floor) * decaySeconds * sampleRate) + 1
    let hz = min(frequencyHz, 0.45 * sampleRate)
    let unit = Maths.sinCos(turns: hz / sampleRate)
    step = SIMD2(Float(unit.cos), Float(unit.sin))
    // The attack decays three times as fast as the grain.
    level = Float(0.7 * amplitude / Self.envelopePeak)
    missing = level
    factor = Float(Maths.exp(-1 / (decaySeconds * sampleRate)))
    missingFactor = factor * factor * factor
    noise = WhiteNoise(draws)
    // Low-passed noise, modulated to the frequency of the tone. A one-pole passes π f/fs of the power of
    // white noise.
    let bandwidth = 0.5 * hz
    low = OnePole(cutoffHz: bandwidth, sampleRate: sampleRate)
    noiseGain = Float(0.93 * (sampleRate / (.pi * bandwidth)).squareRoot())
    ears = .balanced(balance)
  }

  var isOver: Bool { framesLeft <= 0 }

  /// Adds the grain to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let end = min(block.count, first + framesLeft)
    framesLeft -= end - first
    for i in first..<end {
      // The envelope starts at zero, so there is no click. A cosine carries the least subsonic energy.
      phasor = SIMD2(
        phasor.x * step.x - phasor.y * step.y, phasor.x * step.y + phasor.y * step.x)
      block[i] +=
        ((level - missing) * (phasor.x + phasor.y * (noiseGain * low.lowPass(noise.next())))) * ears
      level *= factor
      missing *= missingFactor
    }
  }
}
