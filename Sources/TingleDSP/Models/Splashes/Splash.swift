/// A single splash: white noise -> high-pass -> low-pass, 6 dB per octave each -> decay with a soft onset.
struct Splash: Sendable {
  /// The gains of the two filters.
  let high, low: Float
  /// The envelope is the difference of two decays from this level.
  let level: Float
  /// The decay per frame, and that of what is still missing at the onset.
  let factor, missingFactor: Float
  let ears: SIMD2<Float>
  /// How long the splash is audible.
  let frames: Int
  /// The first state of the noise; not 0.
  let noise: UInt32

  /// A splash that is over.
  init() {
    (high, low, level, factor, missingFactor, ears, frames, noise) = (0, 0, 0, 0, 0, .zero, 0, 1)
  }

  /// - Parameters:
  ///   - bandHz: the lower and the upper band edge (-3 dB).
  ///   - decaySeconds: τ of the amplitude.
  ///   - onsetSeconds: the time constant of the onset.
  ///   - amplitude: the RMS at the start of the decay, within the band.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  init(
    bandHz: ClosedRange<Double>, decaySeconds: Double, onsetSeconds: Double, amplitude: Double,
    balance: Double, draws: Draws, sampleRate: Double
  ) {
    // Until the level has fallen by 43 dB.
    frames = Int(5 * decaySeconds * sampleRate) + 1
    let upper = min(bandHz.upperBound, 0.45 * sampleRate)
    high = OnePole<Float>.gain(cutoffHz: bandHz.lowerBound, sampleRate: sampleRate)
    low = OnePole<Float>.gain(cutoffHz: upper, sampleRate: sampleRate)
    // The two filters pass π/2 · h²/(h + l) hertz of white noise.
    let widthHz = 0.5 * .pi * upper * upper / (upper + bandHz.lowerBound)
    level = Float(amplitude * (0.5 * sampleRate / widthHz).squareRoot())
    factor = Float(Maths.exp(-1 / (decaySeconds * sampleRate)))
    missingFactor = factor * Float(Maths.exp(-1 / (onsetSeconds * sampleRate)))
    ears = .balanced(balance)
    noise = UInt32(truncatingIfNeeded: draws.key) | 1
  }
}
