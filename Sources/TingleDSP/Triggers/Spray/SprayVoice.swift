/// One puff: the lever -> the jet as a field of splashes -> droplets that fall.
public struct SprayVoice: Voice {
  public typealias Settings = Spray

  /// The jet and the lever.
  public struct Shared: Sendable {
    let model: SprayModel
    let jet: SplashField.Prepared
    let lever: Chime
    let gain, leverGain, dropletGain: Double
    let sampleRate: Double
  }

  /// The longest puff, and the droplets after it.
  static let longestSeconds = 3.5
  private static let dropsPerSecond = 2500.0
  private static let spreadDB = 4.0

  private var jet: SplashField
  private var grains = InlineList<48, Grain>(repeating: Grain())
  private var rings = InlineList<3, Ring>(repeating: Ring())
  private var subsonic: Subsonic
  private let startSeconds, puffSeconds, riseSeconds, endSeconds: Double
  private let level: Double
  private let sampleRate: Double
  private var dice: Dice
  private var untilDrop = 0.0
  private var frame = 0

  public static func prepare(_ settings: Spray, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    let power = SplashField.meanPower(perSecond: dropsPerSecond, spreadDB: spreadDB)
    let cutDB = { (hz: Double) in TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz) }
    let gain = 0.06 * Maths.amplitude(dB: settings.intensityDB)
    return Shared(
      model: model,
      jet: SplashField.Prepared(
        model.jet, draws: layer.branch("jet"), sampleRate: sampleRate, cutDB: cutDB,
        eventPower: { _ in power }),
      lever: Chime(
        .init(rangeHz: 500...5200, t60Seconds: (0.04, 0.012), tiltDBPerOctave: -3),
        draws: layer.branch("lever")),
      gain: gain, leverGain: 8 * gain * Maths.amplitude(dB: model.leverDB + settings.leverDB - cutDB(1500)),
      dropletGain: 8 * gain * Maths.amplitude(dB: model.droplets.levelDB + settings.dropletsDB - cutDB(4000)),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    jet = SplashField(shared.jet, isRunning: false, draws: cue.draws.branch("noise"))
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    sampleRate = shared.sampleRate
    var dice = Dice(cue.draws.branch("puff"))
    let model = shared.model
    startSeconds = dice.uniform(0.04...0.08)
    puffSeconds = dice.uniform(model.puffSeconds)
    riseSeconds = model.riseShare * puffSeconds
    level = shared.gain * dice.gain(spreadDB: 1.5)
    let end = startSeconds + puffSeconds
    // The lever goes down, and comes up after the puff.
    for k in 0..<2 {
      rings.append(
        Ring(
          shared.lever, amplitude: shared.leverGain * dice.gain(spreadDB: 2) * (k == 0 ? 1 : 0.6),
          contactSeconds: dice.uniform(0.3e-3...0.6e-3), position: dice.uniform(), detune: k == 0 ? 1 : 0.9,
          balance: 0, delayFrames: Int((k == 0 ? 0.01 : end + dice.uniform(0.05...0.12)) * sampleRate),
          sampleRate: sampleRate))
    }
    var last = end + 0.2
    for _ in 0..<min(46, dice.poisson(mean: model.droplets.count)) {
      let time = end - 0.1 + dice.exponential(mean: 0.25)
      guard time < end + 1.2 else { continue }
      last = max(last, time)
      grains.append(
        Grain(
          frequencyHz: dice.logUniform(1800...7500), decaySeconds: dice.logUniform(0.4e-3...1.5e-3),
          amplitude: shared.dropletGain * dice.gain(spreadDB: 4), balance: dice.uniform(-0.7...0.7),
          delayFrames: Int(time * sampleRate), draws: dice.fork(), sampleRate: sampleRate))
    }
    endSeconds = end + 0.2
    self.dice = Dice(cue.draws.branch("drops"))
    untilDrop = self.dice.exponential(mean: 1)
  }

  /// The flow through the nozzle at a time.
  private func flow(at seconds: Double) -> Double {
    let t = seconds - startSeconds
    return Curves.step(t / riseSeconds) * Curves.step((puffSeconds - t) / (0.55 * puffSeconds))
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    let flow = flow(at: end)
    if end < endSeconds {
      var (until, dice) = (untilDrop, dice)
      let intervals = Self.dropsPerSecond * flow / sampleRate
      jet.render(into: &block, level: Float(level), far: Float(flow * flow)) { field, frames in
        until -= Double(frames) * intervals
        while until < 0 {
          until += dice.exponential(mean: 1)
          let ears = SIMD2<Float>.balanced(0.4 * dice.clippedGaussian())
          field.push(
            power: flow, spreadDB: Self.spreadDB, tilt: (0.4 * (flow - 1), 1), ears: ears * ears, dice: &dice)
        }
      }
      (untilDrop, self.dice) = (until, dice)
    }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
    subsonic.process(&block)
    return end < endSeconds || !rings.isEmpty || !grains.isEmpty
  }
}
