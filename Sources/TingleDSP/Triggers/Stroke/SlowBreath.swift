/// One slow breath of an animal or a person at rest: band noise -> envelope of an inhale and a longer exhale.
struct SlowBreath: Sendable {
  /// The mean time from one breath to the next.
  static let periodSeconds = 3.8

  private var noise = BandNoise(lowHz: 220, highHz: 1500, draws: Draws(seed: 0), sampleRate: 48000)
  private var delay = StartDelay()
  private var inFrames = 0
  private var outFrames = 0
  private var age = 0
  private var level: Double = 0

  /// Creates a finished breath.
  init() {}

  /// - Parameters:
  ///   - level: the peak amplitude.
  ///   - startSeconds: the start, from the start of the voice.
  init(_ noise: BandNoise, level: Double, startSeconds: Double, dice: inout Dice, sampleRate: Double) {
    self.noise = noise.withDraws(dice.fork())
    self.level = level * dice.gain(spreadDB: 1.5)
    delay = StartDelay(frames: Int(startSeconds * sampleRate))
    inFrames = Int(dice.uniform(0.9...1.3) * sampleRate)
    outFrames = Int(dice.uniform(1.3...1.9) * sampleRate)
  }

  var isOver: Bool { age >= inFrames + outFrames }

  /// Adds the breath to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let count = min(block.count - first, inFrames + outFrames - age)
    guard count > 0 else { return }
    var ramp = Ramp(from: amplitude(at: age), to: amplitude(at: age + count), frames: count)
    for i in first..<first + count { block[i] += SIMD2(repeating: ramp.next() * noise.next()) }
    age += count
  }

  private func amplitude(at age: Int) -> Float {
    age < inFrames
      ? Float(0.6 * level * Curves.bell(Double(age) / Double(inFrames)))
      : Float(level * Curves.bell(Maths.pow(Double(age - inFrames) / Double(outFrames), 0.7)))
  }
}
