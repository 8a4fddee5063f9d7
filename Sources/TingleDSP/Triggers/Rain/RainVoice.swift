/// A stretch of rain that fades in as the one before it fades out; its drops are its own.
public struct RainVoice: Voice {
  public typealias Settings = Rain

  /// What it falls on, and the wash.
  public struct Shared: Sendable {
    let settings: Rain
    let chime: Chime
    let wash: FourBands
    let gain: Double
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.0

  private var wash: WideBands
  private var rings = InlineList<16, Ring>(repeating: Ring())
  private var splashes = InlineList<12, Grain>(repeating: Grain())
  private var bubbles: Bubbles<2>
  private var dice: Dice
  // The wash has dice of its own: how often they are thrown hangs on the sample rate.
  private var restless: Dice
  private var unrest: InlineArray<4, OrnsteinUhlenbeck>
  private let settings: Rain
  private let chime: Chime
  private let gust: Drift
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  // Without gusts; `gain` and `dropsPerSecond` are the present values.
  private let steady: (gain: Double, dropsPerSecond: Double)
  private var gain = 0.0
  private var dropsPerSecond = 0.0
  private var untilDrop: Double
  private var tick = 0.0
  private var frame = 0

  public static func prepare(_ settings: Rain, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings, chime: Chime(settings.surface.chime, draws: layer),
      wash: FourBands(
        edgesHz: (160...500, 500...1600, 1600...4500, 4500...11000), draws: layer, sampleRate: sampleRate),
      gain: Maths.amplitude(dB: settings.intensityDB + settings.surface.calibrationDB), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    chime = shared.chime
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    startSeconds = cue.seconds
    // Every voice of the layer follows the same gusts, so that a cross-fade changes no level.
    gust = Drift(cue.layer.branch("gusts"), slowestSeconds: 120, octaves: 4)
    steady = (shared.gain, shared.settings.dropsPerSecond * cue.pace)
    wash = WideBands(shared.wash, draws: cue.draws.branch("wash"))
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    var dice = Dice(cue.draws.branch("drops"))
    untilDrop = dice.exponential(mean: 1)
    self.dice = dice
    var restless = Dice(cue.draws.branch("unrest"))
    unrest = InlineArray { k in
      OrnsteinUhlenbeck(correlationSeconds: 0.02 + 0.02 * Double(k), tickSeconds: 0.01, dice: &restless)
    }
    self.restless = restless
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let begin = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    followGust(at: end)
    if begin < spanSeconds { fall(until: min(end, spanSeconds) - begin) }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    splashes.forEach { $0.render(into: &block) }
    splashes.removeAll { $0.isOver }
    bubbles.render(into: &block)
    wash.render(into: &block, gains: weights(at: end))
    return end < spanSeconds + Self.crossfadeSeconds || !rings.isEmpty || !splashes.isEmpty || !bubbles.isOver
  }

  /// A gust makes drops more frequent and the rain louder.
  private mutating func followGust(at seconds: Double) {
    let strength = Maths.exp(
      0.32 * settings.gusts * max(-2, min(2, gust.value(at: startSeconds + seconds))))
    (gain, dropsPerSecond) = (steady.gain * strength, steady.dropsPerSecond * strength)
  }

  /// Drops that fall within the next seconds, each at its own time.
  private mutating func fall(until seconds: Double) {
    let way = dropsPerSecond * seconds
    while untilDrop < way {
      drop(delayFrames: Int(untilDrop / dropsPerSecond * sampleRate))
      untilDrop += dice.exponential(mean: 1)
    }
    untilDrop -= way
  }

  private mutating func drop(delayFrames: Int) {
    // Most are far enough away to be small; a few fall right here.
    let softened = Maths.amplitude(dB: -0.6 * settings.trebleCutDB)
    let strength = softened * (settings.surface == .window ? 1.6 : 1.3) * gain * dice.gain(spreadDB: 4)
    let place = dice.uniform(-0.8...0.8)
    let splash = settings.surface.splash
    splashes.append(
      Grain(
        frequencyHz: dice.logUniform(splash.hz), decaySeconds: dice.logUniform(splash.seconds),
        amplitude: splash.level * strength, balance: place, delayFrames: delayFrames, draws: dice.fork(),
        sampleRate: sampleRate))
    if settings.surface == .puddle {
      guard dice.chance(0.6) else { return }
      bubbles.add(
        radiusMetres: dice.logUniform(0.7e-3...3.2e-3), amplitude: 0.7 * strength,
        rise: dice.uniform(0.04...0.15), balance: place,
        delayFrames: delayFrames + Int(dice.uniform(0.008...0.03) * sampleRate))
    } else {
      rings.append(
        Ring(
          chime, amplitude: splash.ring * strength, contactSeconds: dice.uniform(0.15e-3...0.6e-3),
          position: dice.uniform(), detune: Maths.exp(0.1 * dice.clippedGaussian()),
          damping: dice.uniform(0.8...1.6), balance: place, delayFrames: delayFrames, sampleRate: sampleRate))
    }
  }

  private mutating func weights(at seconds: Double) -> SIMD4<Float> {
    while tick < seconds {
      for k in 0..<4 { unrest[k].step(&restless) }
      tick += 0.01
    }
    let fade = Self.crossfadeSeconds
    let level =
      0.12 * gain * Maths.amplitude(dB: settings.diffuseDB) * Curves.equalPower(seconds / fade).fadeIn
      * Curves.equalPower((seconds - spanSeconds) / fade).fadeOut
    guard level > 1e-6 else { return .zero }
    var weights = Float(level) * settings.surface.diffuse
    // Windows and walls take the highs.
    weights[2] *= Float(Maths.amplitude(dB: -0.6 * settings.trebleCutDB))
    weights[3] *= Float(Maths.amplitude(dB: -1.2 * settings.trebleCutDB))
    for k in 0..<4 { weights[k] *= Float(Maths.exp(0.16 * max(-2.5, min(2.5, unrest[k].value)))) }
    return weights
  }
}
