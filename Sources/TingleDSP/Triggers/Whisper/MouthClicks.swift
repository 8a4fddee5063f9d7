/// Lip and tongue clicks: groups of one to four damped sine oscillations at random times. Off by default.
struct MouthClicks: Sendable {
  /// One click: a damped oscillation, computed as a complex rotation per sample.
  private struct Click: Sendable {
    var z = SIMD2<Float>.zero
    var rotation = SIMD2<Float>.zero
    var balance = SIMD2<Float>(1, 1)

    @inline(__always) mutating func next() -> SIMD2<Float> {
      z = SIMD2(z.x * rotation.x - z.y * rotation.y, z.x * rotation.y + z.y * rotation.x)
      return z.y * balance
    }
  }

  private var dice: Dice
  private let groupsPerSecond: Double
  private var secondsToGroup: Double
  private var secondsToClick = 0.0
  private var clicksLeft = 0
  private var clicks = (Click(), Click())
  private var ticksToSilence = 0

  /// - Parameter groupsPerSecond: the mean rate of click groups, a Poisson process; 0 for none.
  init(groupsPerSecond: Double, dice: inout Dice) {
    self.dice = Dice(dice.fork())
    self.groupsPerSecond = groupsPerSecond
    secondsToGroup = groupsPerSecond > 0 ? self.dice.exponential(mean: 1 / groupsPerSecond) : .infinity
  }

  /// Whether a click is still audible.
  var isSounding: Bool { ticksToSilence > 0 }

  /// Advances by one control tick and starts the clicks that are due.
  /// - Parameters:
  ///   - seconds: the length of a tick.
  ///   - amplitude: the amplitude that the level of a click is relative to.
  mutating func advance(_ seconds: Double, amplitude: Double, sampleRate: Double) {
    ticksToSilence -= 1
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
    click.rotation = SIMD2<Float>(SIMD2(decay * cosine, decay * sine))
    click.z.x = Float(amplitude * Maths.amplitude(dB: -8 + 6 * dice.clippedGaussian()))
    let side = Float(dice.uniform(-0.3...0.3))
    click.balance = SIMD2(1 + side, 1 - side)
    clicks = (click, clicks.0)
    // Six of the longest time constants: 52 dB down.
    ticksToSilence = Int(0.024 / seconds) + 1
  }

  /// The next stereo frame.
  @inline(__always) mutating func next() -> SIMD2<Float> { clicks.0.next() + clicks.1.next() }
}
