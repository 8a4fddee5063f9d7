/// Some moves of a hand, or one lid: hand motion -> knocks and bounces -> modes + a grain of noise ->
/// subsonic high-pass.
///
/// The number of knocks follows the distance that the hand covers.
public struct BeadsVoice: Voice {
  public typealias Settings = Beads

  /// What knocks together.
  public struct Shared: Sendable {
    let model: BeadsModel
    let isLid: Bool
    let chimes: InlineArray<7, Chime>
    let lid: Chime
    let pace, gain, hardness, amount, size: Double
    let sampleRate: Double
  }

  /// A knock that is to come. It has its own random stream.
  private struct Knock: Sendable {
    var seconds = 0.0
    var level = 0.0
    var isLid = false
    var balance = 0.0
    var draws = Draws(seed: 0)
  }

  /// The longest time that a voice sounds after the next one has started.
  static let tailSeconds = 2.5
  private static let stepSeconds = 0.005

  private let model: BeadsModel
  private let chimes: InlineArray<7, Chime>
  private let lid: Chime
  private let gain, hardness, amount, size: Double
  private var motion = HandMotion()
  private var knocks = InlineList<48, Knock>(repeating: Knock())
  private var rings = InlineList<28, Ring>(repeating: Ring())
  private var grains = InlineList<28, Grain>(repeating: Grain())
  private var subsonic: Subsonic
  private var dice: Dice
  private let endSeconds: Double
  private let sampleRate: Double
  private var untilKnock = 0.0
  private var step = 0
  private var frame = 0

  public static func prepare(_ settings: Beads, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    return Shared(
      model: model, isLid: settings.kind == .lid,
      chimes: InlineArray { Chime(model.chime, draws: layer.branch("bead").branch($0)) },
      lid: Chime(BeadsKind.lidModel, draws: layer.branch("lid")),
      pace: settings.movesPerSecond, gain: 0.3 * Maths.amplitude(dB: settings.intensityDB),
      hardness: Maths.amplitude(dB: 0.25 * settings.intensityDB), amount: settings.amount,
      size: settings.size,
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    model = shared.model
    (chimes, lid) = (shared.chimes, shared.lid)
    (gain, hardness, amount, size) = (shared.gain, shared.hardness, shared.amount, shared.size)
    sampleRate = shared.sampleRate
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    var dice = Dice(cue.draws.branch("hand"))
    if shared.isLid {
      endSeconds = 0
      // The lid loosens, pops, and is put down.
      let pop = dice.uniform(0.15...0.35)
      let level = dice.gain(spreadDB: 2)
      let side = 0.15 * dice.clippedGaussian()
      knocks.append(
        Knock(seconds: pop - 0.09, level: 0.12 * level, isLid: true, balance: side, draws: dice.fork()))
      knocks.append(Knock(seconds: pop, level: level, balance: side, draws: dice.fork()))
      knocks.append(
        Knock(seconds: pop + 0.012, level: 0.25 * level, isLid: true, balance: side, draws: dice.fork()))
      let down = pop + dice.uniform(0.5...1)
      knocks.append(
        Knock(seconds: down, level: 0.22 * level, isLid: true, balance: 0.3 + side, draws: dice.fork()))
      knocks.append(
        Knock(
          seconds: down + dice.uniform(0.05...0.11), level: 0.1 * level, isLid: true, balance: 0.3 + side,
          draws: dice.fork()))
    } else {
      let manner = BeadsKind.manner
      motion = HandMotion(
        manner, spanSeconds: cue.spanSeconds, speed: max(0.3, shared.pace * cue.pace / 0.6), rest: 1,
        dice: &dice)
      endSeconds = motion.endSeconds
    }
    self.dice = Dice(cue.draws.branch("knocks"))
    untilKnock = self.dice.exponential(mean: 1)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    while Double(step) * Self.stepSeconds < min(end, endSeconds) { roll() }
    for k in knocks.indices where knocks[k].seconds < end { start(knocks[k]) }
    knocks.removeAll { $0.seconds < end }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
    subsonic.process(&block)
    frame += block.count
    return end < endSeconds || !knocks.isEmpty || !rings.isEmpty || !grains.isEmpty
  }

  /// Adds the knocks of the next step of the hand, as a Poisson process over the distance.
  private mutating func roll() {
    let seconds = Double(step) * Self.stepSeconds
    step += 1
    let hand = motion.state(at: seconds)
    let knocks = model.knocksPerSecond * amount * hand.speed * Self.stepSeconds
    guard knocks > 0 else { return }
    while untilKnock < knocks {
      let time = seconds + untilKnock / knocks * Self.stepSeconds
      var level = hand.pressure * Maths.pow(hand.speed, 0.7) * dice.gain(spreadDB: model.spreadDB)
      let balance = 0.35 * hand.position + 0.25 * dice.clippedGaussian()
      add(time, min(3, level), balance)
      var bounce = time
      for _ in 0..<min(3, dice.poisson(mean: model.bounces)) {
        bounce += dice.logUniform(0.012...0.07)
        level *= dice.uniform(0.25...0.7)
        add(bounce, min(3, level), balance)
      }
      untilKnock += dice.exponential(mean: 1)
    }
    untilKnock -= knocks
  }

  private mutating func add(_ seconds: Double, _ level: Double, _ balance: Double) {
    knocks.append(Knock(seconds: seconds, level: level, balance: balance, draws: dice.fork()))
  }

  /// Starts a knock: one of the things rings, and the contact makes a grain of noise.
  private mutating func start(_ knock: Knock) {
    var dice = Dice(knock.draws)
    let delay = max(0, Int(knock.seconds * sampleRate) - frame)
    // A harder knock has a shorter contact.
    let contact =
      model.contactSeconds * size / (hardness * Maths.pow(max(0.05, knock.level), 0.2))
      * dice.logNormal(sigma: 0.15)
    let index = dice.choose(7)
    let position = dice.uniform()
    let damping = dice.uniform(model.damping)
    rings.append(
      Ring(
        knock.isLid ? lid : chimes[index], amplitude: gain * knock.level,
        contactSeconds: knock.isLid ? 2 * contact : contact, position: position,
        detune: dice.logNormal(sigma: 0.02) / size, damping: damping, balance: knock.balance,
        delayFrames: delay, sampleRate: sampleRate))
    grains.append(
      Grain(
        frequencyHz: dice.logUniform(model.noise.bandHz) / size,
        decaySeconds: dice.logUniform(0.3e-3...0.9e-3),
        amplitude: gain * knock.level * Maths.amplitude(dB: model.noise.levelDB), balance: knock.balance,
        delayFrames: delay, draws: dice.fork(), sampleRate: sampleRate))
  }
}
