/// Lips that part and a tongue that leaves the palate: small groups of short clicks. Many people cannot bear them.
struct MouthSounds: Sendable {
  /// A click: a damped oscillation, as a phasor that turns and shrinks.
  private struct Click: Sendable {
    var z = SIMD2<Float>.zero
    var turn = SIMD2<Float>.zero
    var balance = SIMD2<Float>(1, 1)

    @inline(__always) mutating func next() -> SIMD2<Float> {
      z = SIMD2(z.x * turn.x - z.y * turn.y, z.x * turn.y + z.y * turn.x)
      return z.y * balance
    }
  }

  private var dice: Dice
  private let groupsPerSecond: Double
  private var secondsToGroup: Double
  private var secondsToClick = 0.0
  private var clicksLeft = 0
  private var clicks = (Click(), Click())
  private var ringing = 0

  /// No sound for the first moments.
  /// - Parameter groupsPerSecond: how often the mouth sounds; 0 for never.
  init(groupsPerSecond: Double, dice: inout Dice) {
    self.dice = Dice(dice.fork())
    self.groupsPerSecond = groupsPerSecond
    secondsToGroup = groupsPerSecond > 0 ? self.dice.exponential(mean: 1 / groupsPerSecond) : .infinity
  }

  /// Whether something can be heard.
  var isSounding: Bool { ringing > 0 }

  /// A control tick has passed.
  mutating func elapse(_ seconds: Double, amplitude: Double, sampleRate: Double) {
    ringing -= 1
    secondsToGroup -= seconds
    secondsToClick -= seconds
    if secondsToGroup <= 0 {
      secondsToGroup += dice.exponential(mean: 1 / groupsPerSecond)
      clicksLeft = dice.whole(1...4)
      secondsToClick = 0
    }
    guard clicksLeft > 0, secondsToClick <= 0 else { return }
    clicksLeft -= 1
    secondsToClick = dice.exponential(mean: 0.012)
    var click = Click()
    let hz = min(0.4 * sampleRate, 3000 * dice.logNormal(sigma: 0.5))
    let decay = Maths.exp(-1 / (dice.uniform(0.0006...0.004) * sampleRate))
    let (sine, cosine) = Maths.sinCos(turns: hz / sampleRate)
    click.turn = SIMD2<Float>(SIMD2(decay * cosine, decay * sine))
    click.z.x = Float(amplitude * Maths.amplitude(dB: -8 + 6 * dice.clippedGaussian()))
    let side = Float(dice.uniform(-0.3...0.3))
    click.balance = SIMD2(1 + side, 1 - side)
    clicks = (click, clicks.0)
    // Six of the longest time constants.
    ringing = Int(0.024 / seconds) + 1
  }

  /// The next sample, for both ears.
  @inline(__always) mutating func next() -> SIMD2<Float> { clicks.0.next() + clicks.1.next() }
}
