/// A single release, of a bristle, a hair, a fibre, a grain of graphite: a short burst, half tone, half noise.
struct Grain: Sendable {
  private var framesUntilStart = 0
  private var framesLeft = 0
  private var turn = SIMD2<Float>(1, 0)
  private var step = SIMD2<Float>(1, 0)
  // What falls, and what is still missing at the onset.
  private var level: Float = 0
  private var missing: Float = 0
  private var factor: Float = 0
  private var missingFactor: Float = 0
  private var noise = WhiteNoise(Draws(seed: 0))
  private var low = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var noiseGain: Float = 0
  private var ears = SIMD2<Float>(1, 1)

  /// A grain that is over.
  init() {}

  /// The share of its highest that is not worth computing: -60 dB.
  private static let floor = 1e-3

  /// - Parameters:
  ///   - decaySeconds: the time constant.
  ///   - delayFrames: frames from the next block's first until it begins.
  ///   - balance: 0 for both ears alike, 1 for the right alone.
  init(
    frequencyHz: Double, decaySeconds: Double, amplitude: Double, balance: Double, delayFrames: Int,
    draws: Draws, sampleRate: Double
  ) {
    framesUntilStart = delayFrames
    framesLeft = Int(-Maths.log(Self.floor) * decaySeconds * sampleRate) + 1
    let hz = min(frequencyHz, 0.45 * sampleRate)
    let unit = Maths.sinCos(turns: hz / sampleRate)
    step = SIMD2(Float(unit.cos), Float(unit.sin))
    // A rise that takes a third of the fall's time; its highest point is at 0.385.
    level = Float(0.7 * amplitude / 0.385)
    missing = level
    factor = Float(Maths.exp(-1 / (decaySeconds * sampleRate)))
    missingFactor = factor * factor * factor
    noise = WhiteNoise(draws)
    // Noise round the tone: slow noise that is turned up to its pitch. What a one-pole leaves of white noise is π f/fs.
    let breadth = 0.5 * hz
    low = OnePole(cutoffHz: breadth, sampleRate: sampleRate)
    noiseGain = Float(0.93 * (sampleRate / (.pi * breadth)).squareRoot())
    ears = .balanced(balance)
  }

  var isOver: Bool { framesLeft <= 0 }

  /// Adds the grain to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return
    }
    let first = framesUntilStart
    let end = min(block.count, first + framesLeft)
    framesUntilStart = 0
    framesLeft -= end - first
    for i in first..<end {
      // The envelope begins at nothing: there is no click. A cosine under it has least of what is not heard.
      turn = SIMD2(turn.x * step.x - turn.y * step.y, turn.x * step.y + turn.y * step.x)
      block[i] += ((level - missing) * (turn.x + turn.y * (noiseGain * low.lowPass(noise.next())))) * ears
      level *= factor
      missing *= missingFactor
    }
  }
}
