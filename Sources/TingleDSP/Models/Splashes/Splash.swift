/// A single splash: white noise -> high-pass -> low-pass, 6 dB per octave each -> decay with a soft onset.
struct Splash: Sendable {
  private var delay = StartDelay()
  private var framesLeft = 0
  private var noise = WhiteNoise(Draws(seed: 0))
  private var high = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var low = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  // The envelope is the difference of two decays: `level` - `missing`.
  private var level: Float = 0
  private var missing: Float = 0
  private var factor: Float = 0
  private var missingFactor: Float = 0
  private var ears = SIMD2<Float>(1, 1)

  /// Creates a finished splash.
  init() {}

  /// - Parameters:
  ///   - bandHz: the lower and the upper band edge (-3 dB).
  ///   - decaySeconds: τ of the amplitude.
  ///   - onsetSeconds: the time constant of the onset.
  ///   - amplitude: the RMS at the start of the decay, within the band.
  ///   - balance: 0 for both ears alike, 1 for the right alone, -1 for the left alone.
  ///   - delayFrames: the delay of the start, counted from the first frame of the next block.
  init(
    bandHz: ClosedRange<Double>, decaySeconds: Double, onsetSeconds: Double, amplitude: Double,
    balance: Double, delayFrames: Int, draws: Draws, sampleRate: Double
  ) {
    delay = StartDelay(frames: delayFrames)
    // Until the level has fallen by 43 dB.
    framesLeft = Int(5 * decaySeconds * sampleRate) + 1
    noise = WhiteNoise(draws)
    let upper = min(bandHz.upperBound, 0.45 * sampleRate)
    high = OnePole(cutoffHz: bandHz.lowerBound, sampleRate: sampleRate)
    low = OnePole(cutoffHz: upper, sampleRate: sampleRate)
    // The two filters pass π/2 · h²/(h + l) hertz of white noise.
    let widthHz = 0.5 * .pi * upper * upper / (upper + bandHz.lowerBound)
    level = Float(amplitude * (0.5 * sampleRate / widthHz).squareRoot())
    missing = level
    factor = Float(Maths.exp(-1 / (decaySeconds * sampleRate)))
    missingFactor = factor * Float(Maths.exp(-1 / (onsetSeconds * sampleRate)))
    ears = .balanced(balance)
  }

  var isOver: Bool { framesLeft <= 0 }

  /// Adds the splash to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let end = min(block.count, first + framesLeft)
    framesLeft -= end - first
    // Copies stay in registers: the block could alias the stored values.
    var (noise, high, low, level, missing) = (noise, high, low, level, missing)
    let (factor, missingFactor, ears) = (factor, missingFactor, ears)
    for i in first..<end {
      block[i] += ((level - missing) * low.lowPass(high.highPass(noise.next()))) * ears
      level *= factor
      missing *= missingFactor
    }
    (self.noise, self.high, self.low, self.level, self.missing) = (noise, high, low, level, missing)
  }
}
