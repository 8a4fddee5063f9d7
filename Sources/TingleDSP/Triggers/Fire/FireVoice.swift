/// A section of a fire: strain of the wood -> crackle, plus pops (struck log), plus noise bands for flames
/// and steam.
///
/// The noise bands crossfade into those of the next section; the crackles and pops are the section's own. The
/// parts follow A. Farnell, "Designing Sound" (2010), chapter 34. The energies of the crackle follow a power
/// law, with events that trigger others, as in all materials that break gradually.
public struct FireVoice: Voice {
  public typealias Settings = Fire

  /// The wood and the noise bands.
  public struct Shared: Sendable {
    let settings: Fire
    let crackle: Crackle.Prepared
    let flames: FourBands
    let log: Chime
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.0
  /// The time from one step of the random modulations to the next.
  private static let tickSeconds = 0.01
  private static let wood = MaterialModel(
    energy: (1.5, 5), facetHz: 700...8500, t60Seconds: 0.003...0.014, pulseSeconds: 60e-6...260e-6, modes: 4,
    noiseDB: 2, branching: 0.45, frictionDB: -80)
  /// The gain of the crackle over that of a crinkled sheet.
  private static let crackleDB = 16.0

  private var crackle: Crackle
  private var motion = SheetMotion()
  private var pops = InlineList<6, Ring>(repeating: Ring())
  private var flames: WideBands
  private var lapping: OrnsteinUhlenbeck
  private var flicker: OrnsteinUhlenbeck
  private var steam: OrnsteinUhlenbeck
  private var dice: Dice
  private let settings: Fire
  private let sampleRate: Double
  private let spanSeconds: Double
  private let endSeconds: Double
  private let vigour: Double
  private var tick = 0.0
  private var frame = 0

  public static func prepare(_ settings: Fire, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      crackle: Crackle.Prepared(
        wood, snapsPerSecond: 2.2 * settings.cracklesPerSecond, softness: settings.softness,
        levelDB: settings.intensityDB + crackleDB, layer: layer, sampleRate: sampleRate),
      flames: FourBands(
        edgesHz: (100...200, 120...450, 500...2200, 2200...9000), draws: layer, sampleRate: sampleRate),
      log: Chime(
        .init(rangeHz: 180...1300, t60Seconds: (0.06, 0.025), tiltDBPerOctave: -3), draws: layer.branch("log")
      ),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    crackle = Crackle(shared.crackle, draws: cue.draws)
    flames = WideBands(shared.flames, shared: 0.3, draws: cue.draws.branch("flames"))
    var dice = Dice(cue.draws.branch("fire"))
    // The vigour of the fire drifts over minutes.
    let wander = Drift(cue.layer.branch("glow"), slowestSeconds: 180, octaves: 5)
    vigour = Maths.exp(0.4 * max(-2, min(2, wander.value(at: cue.seconds)))) * cue.pace
    lapping = OrnsteinUhlenbeck(correlationSeconds: 0.045, tickSeconds: Self.tickSeconds, dice: &dice)
    flicker = OrnsteinUhlenbeck(correlationSeconds: 0.4, tickSeconds: Self.tickSeconds, dice: &dice)
    steam = OrnsteinUhlenbeck(correlationSeconds: 0.7, tickSeconds: Self.tickSeconds, dice: &dice)
    // The wood is always under some strain; one move in five is strong, as when a piece splits.
    var clock = 0.0
    while clock < spanSeconds {
      let seconds = min(dice.uniform(0.5...2.4), spanSeconds - clock + 0.3)
      let strain = dice.chance(0.2) ? dice.uniform(1...2.2) : dice.uniform(0.4...0.9)
      motion.add(.init(start: clock, duration: seconds, strain: strain, slide: 0, settling: 0.3))
      clock += seconds * dice.uniform(0.5...0.9)
    }
    for _ in 0..<dice.poisson(mean: 0.3 * spanSeconds * min(1.5, vigour)) {
      let strength = 0.3 * Maths.amplitude(dB: settings.intensityDB) * dice.gain(spreadDB: 4)
      pops.append(
        Ring(
          shared.log, amplitude: strength, contactSeconds: dice.uniform(0.2e-3...0.9e-3),
          position: dice.uniform(), detune: Maths.exp(0.15 * dice.clippedGaussian()),
          damping: dice.uniform(0.8...2),
          balance: 0.3 * dice.clippedGaussian(), delayFrames: Int(dice.uniform() * spanSeconds * sampleRate),
          sampleRate: sampleRate))
    }
    endSeconds = spanSeconds + SheetMotion.longestTailSeconds
    self.dice = dice
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    if end < endSeconds { crackle.advance(to: end, &motion, vigour: vigour, frame: frame) }
    crackle.render(into: &block)
    pops.forEach { $0.render(into: &block) }
    pops.removeAll { $0.isOver }
    flames.render(into: &block, gains: gains(at: end))
    frame += block.count
    return end < endSeconds || !crackle.isOver || !pops.isEmpty
  }

  /// The gains of the noise bands: flames in the lower three, steam in the upper two.
  private mutating func gains(at seconds: Double) -> SIMD4<Float> {
    while tick < seconds {
      lapping.step(&dice)
      flicker.step(&dice)
      steam.step(&dice)
      tick += Self.tickSeconds
    }
    let fade = Self.crossfadeSeconds
    let present =
      Curves.equalPower(seconds / fade).fadeIn * Curves.equalPower((seconds - spanSeconds) / fade).fadeOut
    guard present > 1e-6 else { return .zero }
    let flame =
      0.02 * present * Maths.amplitude(dB: settings.flamesDB)
      * Maths.exp(0.45 * max(-2.5, min(2.5, lapping.value)) + 0.12 * flicker.value)
    // The modulator is cubed, so that the hiss of resin and steam comes in bursts.
    let boil = max(0, 0.6 + 0.4 * steam.value)
    let hiss = 0.012 * present * Maths.amplitude(dB: settings.hissDB) * (0.35 + boil * boil * boil)
    return SIMD4(Float(flame), Float(0.7 * flame), Float(0.12 * flame + 0.6 * hiss), Float(hiss))
  }
}
