/// A section of the sea: waves as envelopes of a field of splashes, over the steady sea far away, with
/// bubbles.
///
/// The far sea crossfades into that of the next section; the waves are the section's own.
public struct SeaVoice: Voice {
  public typealias Settings = Sea

  /// The field of splashes.
  public struct Shared: Sendable {
    let settings: Sea
    let splashes: SplashField.Prepared
    let bubbles: BubbleSwarm?
    let gain: Double
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 2.0
  /// How the far sea falls as the waves rise.
  private static let farDBPerSwell = 6.0
  /// The longest factor on the duration of a wave.
  static let longestStretch = 1.6
  /// Brings the mean power of the waves near that of the splashes.
  private static let meanPower = 0.75

  private var field: SplashField
  private var bubbles: Bubbles<3>
  private let swarm: BubbleSwarm?
  private var waves = InlineList<40, Wave>(repeating: Wave())
  private let model: SeaModel
  private let partGains: SIMD4<Double>
  private let tilts: SIMD4<Double>
  private let gain: Double
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  private let endSeconds: Double
  private var dice: Dice
  // The time to the next splash and to the next bubble, in mean intervals.
  private var untilSplash: Double
  private var untilBubble: Double
  private var frame = 0

  public static func prepare(_ settings: Sea, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    // Higher waves are brighter.
    var splashModel = model.splashes
    splashModel.highSlope.dBPerOctave -= 0.06 * settings.intensityDB
    splashModel.farDB -= Self.farDBPerSwell * (settings.swell - 1)
    let power = SplashField.meanPower(perSecond: model.splashesPerSecond, spreadDB: model.spreadDB)
    return Shared(
      settings: settings,
      splashes: SplashField.Prepared(
        splashModel, draws: layer.branch("field"), sampleRate: sampleRate,
        cutDB: { TrebleCut.attenuationDB(settings.trebleCutDB, atHz: $0) }, eventPower: { _ in power }),
      bubbles: model.bubbles.map { BubbleSwarm($0) },
      gain: gain(settings), sampleRate: sampleRate)
  }

  /// The gain of waves and far sea: the sum of both is as loud at any swell.
  private static func gain(_ settings: Sea) -> Double {
    func power(_ swell: Double) -> Double {
      let far = settings.kind.model.splashes.farDB - farDBPerSwell * (swell - 1)
      return swell + Maths.amplitude(dB: 2 * far)
    }
    return 0.03 * Maths.amplitude(dB: settings.intensityDB)
      * (power(1) / power(settings.swell)).squareRoot()
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    model = settings.kind.model
    field = SplashField(shared.splashes, isRunning: false, draws: cue.draws.branch("noise"))
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    swarm = shared.bubbles
    gain = shared.gain
    sampleRate = shared.sampleRate
    (startSeconds, spanSeconds) = (cue.seconds, cue.spanSeconds)
    let foam = Maths.amplitude(dB: 2 * settings.foamDB)
    let parts = model.parts
    partGains =
      settings.swell / Self.meanPower
      * SIMD4(parts.swell, parts.plunge, foam * parts.foam, foam * parts.backwash)
    tilts = SIMD4(model.tilts.swell, model.tilts.plunge, model.tilts.foam, model.tilts.backwash)
    var dice = Dice(cue.draws.branch("waves"))
    let period = 1 / (settings.wavesPerSecond * cue.pace)
    let stretch = min(Self.longestStretch, model.stretch * Maths.pow(period / 5, 0.5))
    // Groups of high waves come about once a minute.
    let groups = Drift(cue.layer.branch("groups"), slowestSeconds: 60, octaves: 3)
    var clock = period * dice.uniform()
    while clock < spanSeconds, !waves.isFull {
      let group = Maths.exp(0.25 * max(-2, min(2, groups.value(at: cue.seconds + clock))))
      // The heights of waves have a Rayleigh distribution.
      let height = min(1.9, max(0.25, 0.8 * (-2 * Maths.log(dice.uniform())).squareRoot()))
      waves.append(
        Wave(
          crestSeconds: clock, height: height * group, stretch: stretch * dice.uniform(0.8...1.2),
          direction: dice.chance(0.7) ? 1 : -1, balance: 0.3 * dice.clippedGaussian()))
      clock += period * min(2.2, max(0.35, dice.logNormal(sigma: 0.38)))
    }
    endSeconds = spanSeconds + max(Self.crossfadeSeconds, Wave.tailSeconds * stretch * 1.2)
    self.dice = Dice(cue.draws.branch("splashes"))
    (untilSplash, untilBubble) = (0, 0)
    untilSplash = self.dice.exponential(mean: 1)
    untilBubble = self.dice.exponential(mean: 1)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    // The power of each part of all waves, and their balance.
    var (powers, sides) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for k in 0..<waves.count {
      let wave = partGains * waves[k].powers(at: end)
      powers += wave
      sides += waves[k].balance(at: end) * wave
    }
    let total = powers.sum()
    let far = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Self.crossfadeSeconds)
    renderField(powers, sides, total, far, into: &block)
    renderBubbles(powers.y, into: &block)
    return end < endSeconds || !bubbles.isOver
  }

  private mutating func renderField(
    _ powers: SIMD4<Double>, _ sides: SIMD4<Double>, _ total: Double, _ far: Double,
    into block: inout MutableSpan<SIMD2<Float>>
  ) {
    var (until, dice) = (untilSplash, dice)
    let intervals = model.splashesPerSecond / sampleRate
    let tilts = tilts
    let spreadDB = model.spreadDB
    field.render(into: &block, level: Float(gain), far: Float(far * far)) { field, frames in
      until -= Double(frames) * intervals
      while until < 0 {
        until += dice.exponential(mean: 1)
        // The part of a wave that the splash belongs to.
        var (part, rest) = (0, dice.uniform() * total)
        while part < 3, rest >= powers[part] {
          rest -= powers[part]
          part += 1
        }
        let side = powers[part] > 0 ? sides[part] / powers[part] : 0
        let ears = SIMD2<Float>.balanced(max(-0.9, min(0.9, side + 0.35 * dice.clippedGaussian())))
        field.push(
          power: total, spreadDB: spreadDB, tilt: (tilts[part], 1), ears: ears * ears, dice: &dice)
      }
    }
    (untilSplash, self.dice) = (until, dice)
  }

  /// Adds the bubbles that the crests take down.
  private mutating func renderBubbles(_ plunge: Double, into block: inout MutableSpan<SIMD2<Float>>) {
    guard let swarm else { return }
    swarm.addBlock(
      to: &bubbles, until: &untilBubble, activity: min(3, plunge), gain: gain, scale: 1, frames: block.count,
      sampleRate: sampleRate, dice: &dice)
    bubbles.render(into: &block)
  }
}
