/// A section of water: single drops, or running water into a vessel -> subsonic high-pass.
///
/// `WaterMotion` plans how the water moves and when drops and plates fall.
public struct WaterVoice: Voice {
  public typealias Settings = Water

  /// The water, the vessel, the plates and the sponge.
  public struct Shared: Sendable {
    let settings: Water
    let running: RunningWater.Prepared?
    let stirred: BubbleSwarm
    let basin: Basin?
    let plates: InlineArray<3, Plate>
    let wet: FourBands
    let sponge: Contact.Prepared
    let gain: Double
    let sampleRate: Double
  }

  private var bubbles: Bubbles<3>
  private var grains = InlineList<12, Grain>(repeating: Grain())
  private var rings = InlineList<6, Strike>(repeating: Strike())
  private var running: RunningWater?
  private var basin: Basin?
  private var column: AirColumn
  private var lowPass: OnePole<SIMD2<Float>>
  private var wet: FourBands
  private var wetGains = BandGains<SIMD4<Float>>()
  private var sponge: Contact
  private var spongeState = HandMotion.State()
  private var motion: WaterMotion
  private var subsonic: Subsonic
  private var dice: Dice
  // The time to the next stirred bubble, in mean intervals.
  private var untilBubble: Double
  private let stirred: BubbleSwarm
  private let gusts: Gusts
  private let settings: Water
  private let plates: InlineArray<3, Plate>
  private let gain: Double
  private let startSeconds: Double
  private let sampleRate: Double
  private var frame = 0

  /// A sponge on glazed ceramic.
  private static let spongeModel = ContactModel(
    bandHz: 900...5500, grainsPerSecond: 30, grainSeconds: 0.4e-3...1.5e-3, grainSpreadDB: 5, tangles: 0.02,
    hissDB: -8, rumbleDB: -16)
  private static let spongeDB = -25.0
  /// Large, slow bubbles of water that a hand stirs.
  private static let stirredModel = BubbleSwarm.Model(
    perSecond: 90, radiusMetres: 0.7e-3...5.5e-3, kneeMetres: 2e-3, sizeExponent: 0.7, spreadDB: 4,
    damping: 2.6, rising: 0.5, levelDB: -8)
  /// The share of drops that leave a bubble in the water.
  private static let bubbleProbability = 0.6

  public static func prepare(_ settings: Water, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      running: settings.kind.running.map {
        var model = $0
        model.lumpsPerSecond *= settings.flowRatio
        model.bubbles.perSecond *= settings.flowRatio
        return RunningWater.Prepared(
          model, bubbleScale: Self.bubbleScale(settings), draws: layer.branch("running"),
          sampleRate: sampleRate)
      },
      stirred: BubbleSwarm(stirredModel),
      basin: settings.kind.basin.map {
        var model = $0
        // A larger vessel is lower.
        let scale = 1 / settings.lengthRatio
        model.rangeHz = scale * model.rangeHz.lowerBound...scale * model.rangeHz.upperBound
        return Basin(model, draws: layer.branch("basin"), sampleRate: sampleRate)
      },
      plates: InlineArray { plate in
        var dice = Dice(layer.branch("plate").branch(plate))
        let lowestHz = dice.uniform(700...1100) / settings.lengthRatio
        return Plate(
          .init(rangeHz: lowestHz...9000, modes: 20, tiltDBPerOctave: -3, t60Seconds: (0.16, 0.05)),
          draws: dice.fork())
      },
      wet: FourBands(
        edgesHz: (200...700, 700...1800, 1800...4500, 4500...10000), draws: layer, sampleRate: sampleRate),
      sponge: Contact.Prepared(
        spongeModel, levelDB: settings.intensityDB + spongeDB, draws: layer, sampleRate: sampleRate),
      // The power of running water is in proportion to its flow.
      gain: Maths.amplitude(dB: settings.intensityDB + settings.kind.calibrationDB)
        * (settings.kind == .drops ? 1 : settings.flowRatio.squareRoot()), sampleRate: sampleRate)
  }

  /// A factor on the radii of the bubbles: more water, or a deeper vessel, takes larger ones down.
  private static func bubbleScale(_ settings: Water) -> Double {
    settings.kind == .stream ? Maths.pow(settings.flowRatio, 0.25) : settings.lengthRatio.squareRoot()
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    plates = shared.plates
    gain = shared.gain
    sampleRate = shared.sampleRate
    startSeconds = cue.seconds
    stirred = shared.stirred
    basin = shared.basin
    running = nil
    if let prepared = shared.running {
      running = RunningWater(prepared, draws: cue.draws.branch("running"))
    }
    let gusts = shared.settings.kind.gusts
    self.gusts = Gusts(
      depthDB: gusts.depthDB, highestHz: gusts.highestHz, draws: cue.layer.branch("gusts"))
    // A vessel four times as high as its radius.
    let radius = Maths.pow(1e-3 * shared.settings.sizeLitres / (4 * .pi), 1 / 3.0)
    column = AirColumn(
      heightMetres: 4 * radius, radiusMetres: radius, levelDB: 10, sampleRate: shared.sampleRate)
    lowPass = OnePole(cutoffHz: 1400, sampleRate: shared.sampleRate)
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    wet = shared.wet.withDraws(cue.draws.branch("wash"))
    sponge = Contact(shared.sponge, draws: cue.draws.branch("sponge"))
    motion = WaterMotion(
      shared.settings, spanSeconds: cue.spanSeconds, pace: cue.pace,
      dice: Dice(cue.draws.branch("hand")))
    dice = Dice(cue.draws.branch("bubbles"))
    untilBubble = 0
    untilBubble = dice.exponential(mean: 1)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    let now = motion.state(at: end)
    addStirredBubbles(now, frames: block.count)
    renderRunning(now, at: end, into: &block)
    while let event = motion.event(before: end) {
      add(event, delayFrames: max(0, Int((event.seconds - start) * sampleRate)))
    }
    if settings.kind == .drops { bubbles.render(into: &block) }
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    renderWet(now, into: &block)
    if settings.kind == .dishes {
      sponge.render(into: &block, from: spongeState, to: now.sponge)
      spongeState = now.sponge
    }
    subsonic.process(&block)
    return !motion.isOver(at: end) || !bubbles.isOver || !grains.isEmpty || !rings.isEmpty
      || !wetGains.isZero || !sponge.isOver
  }

  /// Renders the running water and what it resonates in. Bubbles are in the water, so they resonate too.
  private mutating func renderRunning(
    _ state: WaterMotion.State, at seconds: Double, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    guard running != nil else { return }
    let gust = Maths.amplitude(dB: gusts.levelDB(at: startSeconds + seconds))
    running?.render(into: &block, bubbles: &bubbles, level: gain * gust * state.level)
    bubbles.render(into: &block)
    basin?.process(&block)
    guard settings.kind == .pour else { return }
    // Splashes on the hard bottom go first; deeper water is rounder.
    let full = state.full
    let low = Float(0.6 + 0.5 * full)
    let high = Float(0.75 - 0.15 * full + 0.5 * max(0, 1 - full / 0.35))
    for i in block.indices {
      let below = lowPass.lowPass(block[i])
      block[i] = low * below + high * (block[i] - below)
    }
    column.tune(full: full)
    column.process(&block)
  }

  /// Adds the bubbles of water that a hand stirs.
  private mutating func addStirredBubbles(_ state: WaterMotion.State, frames: Int) {
    stirred.addBlock(
      to: &bubbles, until: &untilBubble, activity: state.slosh, gain: gain,
      scale: Self.bubbleScale(settings), frames: frames, sampleRate: sampleRate, dice: &dice)
  }

  private mutating func add(_ event: WaterMotion.Event, delayFrames: Int) {
    switch event.kind {
    case .drop: addDrop(event, delayFrames: delayFrames)
    case .plate:
      // A hand sets the plate down gently and holds it, so its damping varies.
      rings.append(
        plates[dice.choose(3)].strike(
          amplitude: 4 * gain * event.strength, contactSeconds: dice.uniform(0.25e-3...0.7e-3),
          damping: dice.uniform(1...2.5), balance: 0.2 * dice.clippedGaussian(), delayFrames: delayFrames,
          dice: &dice, sampleRate: sampleRate))
    }
  }

  /// Adds a drop: a faint tick at the surface, then bubbles or a splash.
  private mutating func addDrop(_ event: WaterMotion.Event, delayFrames: Int) {
    grains.append(
      Grain(
        frequencyHz: dice.logUniform(2500...8000), decaySeconds: dice.logUniform(0.3e-3...1e-3),
        amplitude: 0.02 * gain * event.strength, balance: event.balance, delayFrames: delayFrames,
        draws: dice.fork(), sampleRate: sampleRate))
    guard dice.chance(Self.bubbleProbability) else { return addSplash(event, delayFrames: delayFrames) }
    let delay = delayFrames + Int(dice.uniform(0.01...0.04) * sampleRate)
    let radius = event.radiusMetres * dice.logNormal(sigma: 0.12)
    bubbles.add(
      radiusMetres: radius, amplitude: 0.7 * gain * event.strength * Maths.pow(radius / 2e-3, 0.5),
      rise: dice.uniform(0.05...0.16), balance: event.balance + 0.25 * dice.clippedGaussian(),
      delayFrames: delay)
    // Smaller bubbles follow, at once or from droplets that fall back.
    for _ in 0..<dice.whole(1...4) {
      let after = dice.chance(0.5) ? dice.uniform(0.01...0.05) : dice.uniform(0.06...0.15)
      bubbles.add(
        radiusMetres: radius * dice.uniform(0.4...0.85),
        amplitude: 0.7 * gain * event.strength * dice.uniform(0.2...0.6), rise: dice.uniform(0.05...0.15),
        balance: event.balance + 0.25 * dice.clippedGaussian(), delayFrames: delay + Int(after * sampleRate))
    }
  }

  /// Adds the splash of a drop that leaves no bubble.
  private mutating func addSplash(_ event: WaterMotion.Event, delayFrames: Int) {
    for _ in 0..<2 {
      grains.append(
        Grain(
          frequencyHz: dice.logUniform(900...4000), decaySeconds: dice.logUniform(1.5e-3...4e-3),
          amplitude: 0.14 * gain * event.strength * dice.uniform(0.5...1), balance: event.balance,
          delayFrames: delayFrames + Int(dice.uniform(0...0.015) * sampleRate), draws: dice.fork(),
          sampleRate: sampleRate))
    }
  }

  /// Adds the faint noise of a wet surface, partly shared by both ears.
  private mutating func renderWet(
    _ state: WaterMotion.State, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    guard var ramp = wetGains.ramp(to: Float(gain) * state.wetGains, frames: block.count) else { return }
    for i in block.indices {
      let bands = ramp.next() * wet.next()
      let two = bands.evenHalf + bands.oddHalf
      block[i] += SIMD2(two.x + 0.8 * two.y, 0.8 * two.x + two.y)
    }
  }
}
