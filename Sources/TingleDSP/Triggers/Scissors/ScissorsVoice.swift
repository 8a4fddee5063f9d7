/// One cut: the blades open, close with a scrape, and meet.
///
/// Slides (scrapes), grains (ticks of what is cut, falling hair) and rings (the blades' ends) -> subsonic
/// high-pass.
public struct ScissorsVoice: Voice {
  public typealias Settings = Scissors

  /// The modes of the blades and the noise of their scrape.
  public struct Shared: Sendable {
    let settings: Scissors
    let blades: Chime
    let scrape: BandNoise
    let sampleRate: Double
  }

  private var scrapes = InlineList<2, Slide>(
    repeating: Slide(
      BandNoise(lowHz: 1000, highHz: 2000, draws: Draws(seed: 0), sampleRate: 48000), seconds: 0, gain: 0,
      delayFrames: 0, sampleRate: 48000))
  private var subsonic: Subsonic
  private var rings = InlineList<8, Ring>(repeating: Ring())
  private var grains = InlineList<90, Grain>(repeating: Grain())

  /// The delay from the start of the voice to the opening of the blades.
  private static let leadSeconds = 0.03
  private static let openingGain = 0.05
  private static let closingGain = 0.13
  /// The share of the closing time after which the ends of the blades meet.
  private static let meetingShare = 0.93
  private static let mostTicks = 70

  public static func prepare(_ settings: Scissors, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      blades: Chime(
        .init(rangeHz: 2600...11500, t60Seconds: (0.22, 0.07), tiltDBPerOctave: -2), draws: layer),
      scrape: BandNoise(lowHz: 2800, highHz: 9500, draws: layer, sampleRate: sampleRate),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    let rate = shared.sampleRate
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    var dice = Dice(cue.draws)
    let level = Maths.amplitude(dB: settings.intensityDB) * dice.gain(spreadDB: 2)
    let slowness = 1 / settings.speed / cue.pace
    // The blades open.
    let opening = dice.uniform(0.18...0.35) * slowness
    let opens = Self.leadSeconds
    scrapes.append(
      Slide(
        shared.scrape.withDraws(dice.fork()), seconds: opening, gain: Self.openingGain * level,
        delayFrames: Int(opens * rate), sampleRate: rate))
    // After a short pause they close and cut.
    let closes = opens + opening + dice.uniform(0.05...0.2)
    let closing = dice.uniform(0.16...0.42) * slowness
    scrapes.append(
      Slide(
        shared.scrape.withDraws(dice.fork()), seconds: closing, gain: Self.closingGain * level,
        delayFrames: Int(closes * rate), sampleRate: rate))
    let meets = closes + Self.meetingShare * closing
    addTicks(from: closes, for: closing, level, settings.material, &dice, rate)
    // The ends of the two blades meet: a click, and both blades ring.
    for k in 0..<2 {
      rings.append(
        Ring(
          shared.blades, amplitude: (k == 0 ? 1.1 : 0.5) * level * dice.gain(spreadDB: 2),
          contactSeconds: dice.uniform(70e-6...180e-6), position: dice.uniform(),
          detune: k == 0 ? 1 : 1.03, damping: dice.uniform(1...1.8), balance: 0.1 * dice.clippedGaussian(),
          delayFrames: Int((meets + Double(k) * dice.uniform(0.004...0.012)) * rate), sampleRate: rate))
    }
    guard settings.material == .hair else { return }
    // The cut hair falls on cloth and on the shoulder.
    for _ in 0..<dice.whole(4...12) {
      let seconds = meets + 0.12 + dice.exponential(mean: 0.16)
      guard seconds < meets + 0.8 else { continue }
      addGrain(at: seconds, 300...3200, 0.6e-3...2e-3, 0.03 * level, 0.3, &dice, rate)
    }
  }

  /// Adds the ticks of the material that gives way between the blades, at an increasing rate.
  private mutating func addTicks(
    from start: Double, for seconds: Double, _ level: Double, _ material: ScissorsMaterial,
    _ dice: inout Dice, _ rate: Double
  ) {
    let ticks = material == .air ? 6 : Int((material == .hair ? 110 : 150) * seconds)
    for k in 0..<min(Self.mostTicks, ticks) {
      let share = ((Double(k) + dice.uniform()) / Double(ticks)).squareRoot()
      let strength = (0.35 + 0.65 * share) * dice.gain(spreadDB: 5)
      let time = start + share * seconds
      switch material {
      case .air:
        addGrain(at: time, 3500...9000, 0.2e-3...0.6e-3, 0.1 * level * strength, 0.1, &dice, rate)
      case .hair:
        addGrain(at: time, 2200...9500, 0.15e-3...0.9e-3, 0.24 * level * strength, 0.15, &dice, rate)
      case .paper:
        addGrain(at: time, 1200...8000, 0.3e-3...1.6e-3, 0.3 * level * strength, 0.15, &dice, rate)
      }
    }
  }

  private mutating func addGrain(
    at time: Double, _ bandHz: ClosedRange<Double>, _ seconds: ClosedRange<Double>, _ amplitude: Double,
    _ spread: Double, _ dice: inout Dice, _ rate: Double
  ) {
    grains.append(
      Grain(
        frequencyHz: dice.logUniform(bandHz), decaySeconds: dice.logUniform(seconds), amplitude: amplitude,
        balance: spread * dice.clippedGaussian(), delayFrames: Int(time * rate), draws: dice.fork(),
        sampleRate: rate))
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    scrapes.forEach { $0.render(into: &block) }
    scrapes.removeAll { $0.isOver }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
    subsonic.process(&block)
    return !scrapes.isEmpty || !rings.isEmpty || !grains.isEmpty
  }
}
