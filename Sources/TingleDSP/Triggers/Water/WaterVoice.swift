/// Some seconds of water.
public struct WaterVoice: Voice {
  public typealias Settings = Water

  /// The vessel, the plates, and what cannot be told apart in a stream.
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
  private var course: WaterCourse
  private var subsonic: Subsonic
  private var dice: Dice
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
        spongeModel, levelDB: settings.intensityDB - 14, draws: layer, sampleRate: sampleRate),
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
    course = WaterCourse(
      shared.settings.kind, spanSeconds: cue.spanSeconds, rest: shared.settings.rest, pace: cue.pace,
      dice: Dice(cue.draws.branch("hand")))
    dice = Dice(cue.draws.branch("bubbles"))
    untilBubble = 0
    untilBubble = dice.exponential(mean: 1)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let begin = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    let now = course.state(at: end)
    flow(now, frames: block.count)
    while let event = course.event(before: end) {
      happen(event, delayFrames: max(0, Int((event.seconds - begin) * sampleRate)))
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
    return !course.isOver(at: end) || !bubbles.isOver || !grains.isEmpty || !rings.isEmpty
      || !streamGains.isZero || !sponge.isOver
  }

  /// The bubbles of a stream, as many as it entrains.
  private mutating func flow(_ state: WaterCourse.State, frames: Int) {
    let seconds = Double(frames) / sampleRate
    let way = state.bubblesPerSecond * settings.speed * seconds
    guard way > 0 else { return }
    while untilBubble < way {
      let range = state.radiusMetres
      // Many small ones, few large ones.
      let u = dice.uniform()
      let radius = range.lowerBound * Maths.pow(range.upperBound / range.lowerBound, Maths.pow(u, 1.7))
      ring(
        radius * settings.size.squareRoot() / state.pitch, level: state.level * dice.gain(spreadDB: 2.5),
        rise: dice.chance(0.15) ? dice.uniform(0.03...0.12) : 0,
        delayFrames: Int(untilBubble / way * Double(frames)))
      untilBubble += dice.exponential(mean: 1)
    }
    untilBubble -= way
  }

  /// A bubble; the larger, the louder.
  private mutating func ring(_ radius: Double, level: Double, rise: Double, delayFrames: Int) {
    bubbles.add(
      radiusMetres: radius, amplitude: gain * level * Maths.pow(radius / 1.5e-3, 0.6), rise: rise,
      balance: 0.3 * dice.clippedGaussian() * 0.5, delayFrames: delayFrames)
  }

  private mutating func happen(_ event: WaterCourse.Event, delayFrames: Int) {
    switch event.kind {
    case .drop: drop(event, delayFrames: delayFrames)
    case .plate:
      // Set down gently, on others or in the water, and held.
      rings.append(
        Ring(
          plate, amplitude: 0.35 * gain * event.strength, contactSeconds: dice.uniform(0.5e-3...1.1e-3),
          position: dice.uniform(), detune: Maths.exp(0.06 * dice.clippedGaussian()),
          damping: dice.uniform(1.2...3), balance: 0.2 * dice.clippedGaussian(), delayFrames: delayFrames,
          sampleRate: sampleRate))
    }
  }

  /// A faint tick as it meets the water, and, for three of five, the bubble that it leaves there.
  private mutating func drop(_ event: WaterCourse.Event, delayFrames: Int) {
    grains.append(
      Grain(
        frequencyHz: dice.logUniform(2500...8000), decaySeconds: dice.logUniform(0.3e-3...1e-3),
        amplitude: 0.02 * gain * event.strength, balance: event.balance, delayFrames: delayFrames,
        draws: dice.fork(), sampleRate: sampleRate))
    guard dice.chance(0.6) else { return splash(event, delayFrames: delayFrames) }
    let delay = delayFrames + Int(dice.uniform(0.01...0.04) * sampleRate)
    let radius = event.radiusMetres * dice.logNormal(sigma: 0.12)
    bubbles.add(
      radiusMetres: radius, amplitude: 0.7 * gain * event.strength * Maths.pow(radius / 2e-3, 0.5),
      rise: dice.uniform(0.05...0.16), balance: event.balance + 0.25 * dice.clippedGaussian(),
      delayFrames: delay)
    // Smaller ones beside it, and droplets that jump up and fall back.
    for _ in 0..<dice.whole(1...4) {
      let after = dice.chance(0.5) ? dice.uniform(0.01...0.05) : dice.uniform(0.06...0.15)
      bubbles.add(
        radiusMetres: radius * dice.uniform(0.4...0.85),
        amplitude: 0.7 * gain * event.strength * dice.uniform(0.2...0.6), rise: dice.uniform(0.05...0.15),
        balance: event.balance + 0.25 * dice.clippedGaussian(), delayFrames: delay + Int(after * sampleRate))
    }
  }

  /// A drop that leaves no bubble only wets.
  private mutating func splash(_ event: WaterCourse.Event, delayFrames: Int) {
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
    _ state: WaterCourse.State, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    streamGains.ramp(to: Float(gain) * state.rush, into: &block, of: &stream) { stream, gains in
      let bands = gains * stream.next()
      let two = bands.evenHalf + bands.oddHalf
      return SIMD2(two.x + 0.8 * two.y, 0.8 * two.x + two.y)
    }
  }
}
