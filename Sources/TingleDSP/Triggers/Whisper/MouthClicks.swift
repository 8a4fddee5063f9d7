/// Lip and tongue clicks at random times: groups of one to four faint damped oscillations, or one or two
/// clicks of the tongue. Off by default.
///
/// Tongue clicks as measured in languages that have them: dental ones are noisy, near 5 kHz, and last about
/// 30 ms; alveolar and lateral ones are abrupt, near 2 kHz, and last about 12 ms.
struct MouthClicks: Sendable {
  /// One click: a damped oscillation that a burst of noise drives, as a complex rotation per sample.
  private struct Click: Sendable {
    var z = SIMD2<Float>.zero
    var rotation = SIMD2<Float>.zero
    var balance = SIMD2<Float>(1, 1)
    var burst: Float = 0
    var burstFactor: Float = 0
    var noise = WhiteNoise(Draws(seed: 0))

    @inline(__always) mutating func next() -> SIMD2<Float> {
      if burst > 0 {
        z.x += burst * noise.next()
        burst = burst > 1e-7 ? burst * burstFactor : 0
      }
      z = SIMD2(z.x * rotation.x - z.y * rotation.y, z.x * rotation.y + z.y * rotation.x)
      return z.y * balance
    }
  }

  private var dice: Dice
  private let groupsPerSecond: Double
  private let tongueShare: Double
  private var isTongue = false
  private var secondsToGroup: Double
  private var secondsToClick = 0.0
  private var clicksLeft = 0
  private var clicks = (Click(), Click())
  private var ticksToSilence = 0

  /// - Parameters:
  ///   - groupsPerSecond: the mean rate of click groups, a Poisson process; 0 for none.
  ///   - tongueShare: the share of the groups that are clicks of the tongue, 0 ... 1.
  init(groupsPerSecond: Double, tongueShare: Double, dice: inout Dice) {
    self.tongueShare = tongueShare
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
      isTongue = tongueShare > 0 && dice.chance(tongueShare)
      clicksLeft = dice.whole(isTongue ? 1...2 : 1...4)
      secondsToClick = 0
    }
    guard clicksLeft > 0, secondsToClick <= 0 else { return }
    clicksLeft -= 1
    if isTongue {
      secondsToClick = dice.uniform(0.25...0.6)
      addTongueClick(seconds, amplitude: amplitude, sampleRate: sampleRate)
      return
    }
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

  /// Starts a click of the tongue: behind the teeth, or at the ridge or the side of the mouth.
  private mutating func addTongueClick(_ seconds: Double, amplitude: Double, sampleRate: Double) {
    let isDental = dice.chance(0.4)
    let hz = (isDental ? 5000 : 2000) * dice.logNormal(sigma: 0.1)
    let ringSeconds = isDental ? 0.25e-3 : dice.uniform(0.6e-3...1.2e-3)
    let burstSeconds = isDental ? 7e-3 : 2.5e-3
    var click = Click()
    let decay = Maths.exp(-1 / (ringSeconds * sampleRate))
    let (sine, cosine) = Maths.sinCos(turns: hz / sampleRate)
    click.rotation = SIMD2<Float>(SIMD2(decay * cosine, decay * sine))
    // Noise of density 1 brings the oscillation to an RMS of the root of half its time constant.
    let level = amplitude * Maths.amplitude(dB: (isDental ? -14 : -6) + 2 * dice.clippedGaussian())
    click.burst = Float(level / (0.5 * ringSeconds * sampleRate).squareRoot())
    click.burstFactor = Float(Maths.exp(-1 / (burstSeconds * sampleRate)))
    click.noise = WhiteNoise(dice.fork())
    if !isDental { click.z.x = Float(level) }
    let side = Float(dice.uniform(-0.3...0.3))
    click.balance = SIMD2(1 + side, 1 - side)
    clicks = (click, clicks.0)
    ticksToSilence = Int(9 * burstSeconds / seconds) + 1
  }

  /// The next stereo frame.
  @inline(__always) mutating func next() -> SIMD2<Float> { clicks.0.next() + clicks.1.next() }
}
