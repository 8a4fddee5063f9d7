/// A section of rain: near drops (splash + ring, or splash + bubble) over a diffuse field of noise bands.
///
/// The diffuse field crossfades into that of the next section; the drops are the section's own.
public struct RainVoice: Voice {
  public typealias Settings = Rain

  /// The surface and the noise bands.
  public struct Shared: Sendable {
    let settings: Rain
    let chime: Chime
    let diffuse: FourBands
    let gain: Double
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.0
  /// The time from one step of the random level changes to the next.
  private static let tickSeconds = 0.01

  private var diffuse: WideBands
  private var rings = InlineList<16, Ring>(repeating: Ring())
  private var splashes = InlineList<12, Grain>(repeating: Grain())
  private var bubbles: Bubbles<2>
  private var dice: Dice
  // The level changes use their own dice: the number of their steps depends on the sample rate.
  private var unrestDice: Dice
  private var unrest: InlineArray<4, OrnsteinUhlenbeck>
  private let settings: Rain
  private let chime: Chime
  private let gust: Drift
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  // The values without gusts; `gain` and `dropsPerSecond` are the current values.
  private let steady: (gain: Double, dropsPerSecond: Double)
  private var gain = 0.0
  private var dropsPerSecond = 0.0
  // The time to the next drop, in mean intervals.
  private var untilDrop: Double
  private var tick = 0.0
  private var frame = 0

  public static func prepare(_ settings: Rain, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings, chime: Chime(settings.surface.chime, draws: layer),
      diffuse: FourBands(
        edgesHz: (160...500, 500...1600, 1600...4500, 4500...11000), draws: layer, sampleRate: sampleRate),
      gain: Maths.amplitude(dB: settings.intensityDB + settings.surface.calibrationDB), sampleRate: sampleRate
    )
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    chime = shared.chime
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    startSeconds = cue.seconds
    // All voices of the layer follow the same gusts, so that a crossfade does not change the level.
    gust = Drift(cue.layer.branch("gusts"), slowestSeconds: 120, octaves: 4)
    steady = (shared.gain, shared.settings.dropsPerSecond * cue.pace)
    diffuse = WideBands(shared.diffuse, draws: cue.draws.branch("wash"))
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    var dice = Dice(cue.draws.branch("drops"))
    untilDrop = dice.exponential(mean: 1)
    self.dice = dice
    var unrestDice = Dice(cue.draws.branch("unrest"))
    unrest = InlineArray { k in
      OrnsteinUhlenbeck(
        correlationSeconds: 0.02 + 0.02 * Double(k), tickSeconds: Self.tickSeconds, dice: &unrestDice)
    }
    self.unrestDice = unrestDice
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    followGust(at: end)
    if start < spanSeconds { addDrops(seconds: min(end, spanSeconds) - start) }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    splashes.forEach { $0.render(into: &block) }
    splashes.removeAll { $0.isOver }
    bubbles.render(into: &block)
    diffuse.render(into: &block, gains: gains(at: end))
    return end < spanSeconds + Self.crossfadeSeconds || !rings.isEmpty || !splashes.isEmpty || !bubbles.isOver
  }

  /// Sets the gain and the rate of the drops: both rise in a gust.
  private mutating func followGust(at seconds: Double) {
    let strength = Maths.exp(
      0.32 * settings.gusts * max(-2, min(2, gust.value(at: startSeconds + seconds))))
    (gain, dropsPerSecond) = (steady.gain * strength, steady.dropsPerSecond * strength)
  }

  /// Adds the drops of the next seconds, as a Poisson process.
  private mutating func addDrops(seconds: Double) {
    let intervals = dropsPerSecond * seconds
    while untilDrop < intervals {
      addDrop(delayFrames: Int(untilDrop / dropsPerSecond * sampleRate))
      untilDrop += dice.exponential(mean: 1)
    }
    untilDrop -= intervals
  }

  private mutating func addDrop(delayFrames: Int) {
    let softened = Maths.amplitude(dB: -0.6 * settings.trebleCutDB)
    // Near and far drops differ by several decibels.
    let strength = softened * (settings.surface == .window ? 1.6 : 1.3) * gain * dice.gain(spreadDB: 4)
    let balance = dice.uniform(-0.8...0.8)
    let splash = settings.surface.splash
    splashes.append(
      Grain(
        frequencyHz: dice.logUniform(splash.hz), decaySeconds: dice.logUniform(splash.seconds),
        amplitude: splash.level * strength, balance: balance, delayFrames: delayFrames, draws: dice.fork(),
        sampleRate: sampleRate))
    if settings.surface == .puddle {
      guard dice.chance(0.6) else { return }
      bubbles.add(
        radiusMetres: dice.logUniform(0.7e-3...3.2e-3), amplitude: 0.7 * strength,
        rise: dice.uniform(0.04...0.15), balance: balance,
        delayFrames: delayFrames + Int(dice.uniform(0.008...0.03) * sampleRate))
    } else {
      rings.append(
        Ring(
          chime, amplitude: splash.ring * strength, contactSeconds: dice.uniform(0.15e-3...0.6e-3),
          position: dice.uniform(), detune: Maths.exp(0.1 * dice.clippedGaussian()),
          damping: dice.uniform(0.8...1.6), balance: balance, delayFrames: delayFrames,
          sampleRate: sampleRate))
    }
  }

  /// The gains of the diffuse field's noise bands.
  private mutating func gains(at seconds: Double) -> SIMD4<Float> {
    while tick < seconds {
      for k in 0..<4 { unrest[k].step(&unrestDice) }
      tick += Self.tickSeconds
    }
    let fade = Self.crossfadeSeconds
    let level =
      0.12 * gain * Maths.amplitude(dB: settings.diffuseDB) * Curves.equalPower(seconds / fade).fadeIn
      * Curves.equalPower((seconds - spanSeconds) / fade).fadeOut
    guard level > 1e-6 else { return .zero }
    var gains = Float(level) * settings.surface.diffuse
    // A window or a wall attenuates the upper bands.
    gains[2] *= Float(Maths.amplitude(dB: -0.6 * settings.trebleCutDB))
    gains[3] *= Float(Maths.amplitude(dB: -1.2 * settings.trebleCutDB))
    for k in 0..<4 { gains[k] *= Float(Maths.exp(0.16 * max(-2.5, min(2.5, unrest[k].value)))) }
    return gains
  }
}
