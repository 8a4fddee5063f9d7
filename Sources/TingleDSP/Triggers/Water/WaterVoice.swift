/// A section of water: bubbles, grains (splashes), rings (plates), noise bands (stream) and the contact of a
/// sponge -> subsonic high-pass.
///
/// `WaterMotion` plans how the water moves and when drops and plates fall.
public struct WaterVoice: Voice {
  public typealias Settings = Water

  /// The plate, the sponge and the noise bands of the stream.
  public struct Shared: Sendable {
    let settings: Water
    let plate: Chime
    let stream: FourBands
    let sponge: Contact.Prepared
    let gain: Double
    let sampleRate: Double
  }

  private var bubbles: Bubbles<6>
  private var grains = InlineList<12, Grain>(repeating: Grain())
  private var rings = InlineList<4, Ring>(repeating: Ring())
  private var stream: FourBands
  private var streamGains = BandGains<SIMD4<Float>>()
  private var sponge: Contact
  private var spongeState = HandMotion.State()
  private var motion: WaterMotion
  private var subsonic: Subsonic
  private var dice: Dice
  // The time to the next bubble of the stream, in mean intervals.
  private var untilBubble: Double
  private let settings: Water
  private let plate: Chime
  private let gain: Double
  private let sampleRate: Double
  private var frame = 0

  /// A sponge on glazed ceramic.
  private static let spongeModel = ContactModel(
    bandHz: 700...6500, grainsPerSecond: 30, grainSeconds: 0.4e-3...1.5e-3, grainSpreadDB: 5, tangles: 0.02,
    hissDB: -8, rumbleDB: -16)
  private static let spongeDB = -14.0
  /// The share of drops that leave a bubble in the water.
  private static let bubbleProbability = 0.6

  public static func prepare(_ settings: Water, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      plate: Chime(
        .init(
          rangeHz: 900 / settings.size.squareRoot()...7500, t60Seconds: (0.5, 0.12), tiltDBPerOctave: -5),
        draws: layer.branch("plate")),
      stream: FourBands(
        edgesHz: (200...700, 700...1800, 1800...4500, 4500...10000), draws: layer, sampleRate: sampleRate),
      sponge: Contact.Prepared(
        spongeModel, levelDB: settings.intensityDB + spongeDB, draws: layer, sampleRate: sampleRate),
      gain: Maths.amplitude(dB: settings.intensityDB + settings.kind.calibrationDB), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    plate = shared.plate
    gain = shared.gain
    sampleRate = shared.sampleRate
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    stream = shared.stream.withDraws(cue.draws.branch("wash"))
    sponge = Contact(shared.sponge, draws: cue.draws.branch("sponge"))
    motion = WaterMotion(
      shared.settings.kind, spanSeconds: cue.spanSeconds, rest: shared.settings.rest, pace: cue.pace,
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
    addStreamBubbles(now, frames: block.count)
    while let event = motion.event(before: end) {
      add(event, delayFrames: max(0, Int((event.seconds - start) * sampleRate)))
    }
    bubbles.render(into: &block)
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
    rings.forEach { $0.render(into: &block) }
    rings.removeAll { $0.isOver }
    renderStream(now, into: &block)
    if settings.kind == .dishes {
      sponge.render(into: &block, from: spongeState, to: now.sponge)
      spongeState = now.sponge
    }
    subsonic.process(&block)
    return !motion.isOver(at: end) || !bubbles.isOver || !grains.isEmpty || !rings.isEmpty
      || !streamGains.isZero || !sponge.isOver
  }

  /// Adds the bubbles that a stream entrains in a block, as a Poisson process.
  private mutating func addStreamBubbles(_ state: WaterMotion.State, frames: Int) {
    let seconds = Double(frames) / sampleRate
    let intervals = state.bubblesPerSecond * settings.speed * seconds
    guard intervals > 0 else { return }
    while untilBubble < intervals {
      let range = state.radiusMetres
      // Small bubbles are more frequent than large ones.
      let u = dice.uniform()
      let radius = range.lowerBound * Maths.pow(range.upperBound / range.lowerBound, Maths.pow(u, 1.7))
      addStreamBubble(
        radius * settings.size.squareRoot() / state.pitch, level: state.level * dice.gain(spreadDB: 2.5),
        rise: dice.chance(0.15) ? dice.uniform(0.03...0.12) : 0,
        delayFrames: Int(untilBubble / intervals * Double(frames)))
      untilBubble += dice.exponential(mean: 1)
    }
    untilBubble -= intervals
  }

  /// Adds one bubble of a stream; a larger bubble is louder.
  private mutating func addStreamBubble(_ radius: Double, level: Double, rise: Double, delayFrames: Int) {
    bubbles.add(
      radiusMetres: radius, amplitude: gain * level * Maths.pow(radius / 1.5e-3, 0.6), rise: rise,
      balance: 0.3 * dice.clippedGaussian() * 0.5, delayFrames: delayFrames)
  }

  private mutating func add(_ event: WaterMotion.Event, delayFrames: Int) {
    switch event.kind {
    case .drop: addDrop(event, delayFrames: delayFrames)
    case .plate:
      // A hand sets the plate down gently and holds it, so its damping varies.
      rings.append(
        Ring(
          plate, amplitude: 0.35 * gain * event.strength, contactSeconds: dice.uniform(0.5e-3...1.1e-3),
          position: dice.uniform(), detune: Maths.exp(0.06 * dice.clippedGaussian()),
          damping: dice.uniform(1.2...3), balance: 0.2 * dice.clippedGaussian(), delayFrames: delayFrames,
          sampleRate: sampleRate))
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

  /// Adds the noise of the stream, partly shared by both ears.
  private mutating func renderStream(
    _ state: WaterMotion.State, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    guard var ramp = streamGains.ramp(to: Float(gain) * state.streamGains, frames: block.count) else {
      return
    }
    for i in block.indices {
      let bands = ramp.next() * stream.next()
      let two = bands.evenHalf + bands.oddHalf
      block[i] += SIMD2(two.x + 0.8 * two.y, 0.8 * two.x + two.y)
    }
  }
}
