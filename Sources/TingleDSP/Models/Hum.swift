/// The tones of a motor: up to eight sines that share one slowly drifting speed.
///
/// The phases are pure functions of the time in the mix, so that the tones of two voices that crossfade are
/// the same.
struct Hum: Sendable {
  /// One tone.
  struct Tone: Sendable {
    var frequencyHz: Double
    /// The amplitude of the tone relative to the sum of the noise, in decibels.
    var levelDB: Double
  }

  private let count: Int
  private var frequencyHz = SIMD8<Double>.zero
  private var left = SIMD8<Float>.zero
  private var right = SIMD8<Float>.zero
  private let drift: Drift
  private let depth: Double
  private let sampleRate: Double
  private var gain: Float = 0

  /// The lattice spacing of the drift.
  private static let driftSeconds = 5.0

  /// - Parameters:
  ///   - tones: at most eight.
  ///   - speed: a factor on the frequencies.
  ///   - drift: the standard deviation of the speed, relative to its mean.
  ///   - draws: the random stream of the layer.
  init(_ tones: [Tone], speed: Double, drift depth: Double, draws: Draws, sampleRate: Double) {
    self.sampleRate = sampleRate
    // The slope of the drift has a standard deviation of about 1.5 per lattice spacing.
    self.depth = depth * Self.driftSeconds / 1.5
    drift = Drift(draws.branch("speed"), slowestSeconds: Self.driftSeconds, octaves: 1)
    count = min(8, tones.count)
    var dice = Dice(draws.branch("tones"))
    for (k, tone) in tones.prefix(8).enumerated() where tone.frequencyHz * speed < 0.4 * sampleRate {
      frequencyHz[k] = tone.frequencyHz * speed
      let ears = SIMD2<Float>.balanced(0.3 * dice.clippedGaussian())
      let amplitude = Float(2.0.squareRoot() * Maths.amplitude(dB: tone.levelDB))
      (left[k], right[k]) = (amplitude * ears.x, amplitude * ears.y)
    }
  }

  /// Adds the tones to a block; their gain moves to `target` by the end of the block.
  /// - Parameter seconds: the time in the mix at the start of the block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, at seconds: Double, gain target: Float) {
    guard count > 0, target != 0 || gain != 0 else { return }
    let start = turned(seconds)
    let end = turned(seconds + Double(block.count) / sampleRate)
    var (c, s) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var (stepC, stepS) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    for k in 0..<count {
      let turns = frequencyHz[k] * start
      let phase = Maths.sinCos(turns: turns - turns.rounded(.down))
      let step = Maths.sinCos(turns: frequencyHz[k] * (end - start) / Double(block.count))
      (c[k], s[k]) = (Float(phase.cos), Float(phase.sin))
      (stepC[k], stepS[k]) = (Float(step.cos), Float(step.sin))
    }
    var ramp = Ramp(from: gain, to: target, frames: block.count)
    for i in block.indices {
      block[i] += ramp.next() * SIMD8.laneSums(left * s, right * s)
      (c, s) = (c * stepC - s * stepS, s * stepC + c * stepS)
    }
    gain = target
  }

  /// The time, turned forward and backward by the drift of the speed.
  private func turned(_ seconds: Double) -> Double { seconds + depth * drift.value(at: seconds) }
}
