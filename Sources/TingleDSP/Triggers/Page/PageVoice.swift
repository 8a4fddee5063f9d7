/// One page turned: the finger slides under a corner, the sheet lifts, buckles and falls, and sometimes a
/// palm smooths it.
///
/// Sheet motion -> crackle and friction, plus slides (finger, air, palm), plus the hit of the page on the
/// book -> subsonic high-pass.
public struct PageVoice: Voice {
  public typealias Settings = Page

  /// The page, and the book that it falls on.
  public struct Shared: Sendable {
    let settings: Page
    let crackle: Crackle.Prepared
    let friction: SheetFriction.Prepared
    /// The noise of a finger or a palm on the paper, and of the moving air.
    let rub: BandNoise
    let air: BandNoise
    let book: StruckObject
    let bookGain: Double
    let subsonic: Subsonic
    let sampleRate: Double
  }

  private let sampleRate: Double
  private let vigour: Double
  private let endSeconds: Double
  private var crackle: Crackle
  // Two copies of one motion, because times must not decrease: snaps are planned ahead of the friction.
  private var motion: SheetMotion
  private var frictionMotion: SheetMotion
  private var friction: SheetFriction
  private var slides: InlineList<6, Slide>
  private var slap: Hit
  private var subsonic: Subsonic
  private var frame = 0

  /// The paper of a page: bent often, never crumpled.
  private static let paper = MaterialModel(
    energy: (1.5, 4), facetHz: 600...8000, t60Seconds: 0.010...0.045, pulseSeconds: 120e-6...500e-6, modes: 5,
    noiseDB: -2, branching: 0.4, frictionDB: -22)
  /// Levels, relative to the strongest snap.
  private static let rubDB = -38.0
  private static let airDB = -39.0
  private static let slapDB = -11.0
  /// The length of the fall onto the book.
  private static let fallSeconds = 0.25

  public static func prepare(_ settings: Page, layer: Draws, sampleRate: Double) -> Shared {
    let model = Self.paper.handled(stiffness: settings.stiffness, size: settings.size, age: settings.age)
    let force = Maths.amplitude(dB: settings.intensityDB)
    let book = StruckObject(
      .book, size: settings.size, draws: layer.branch("block"), sampleRate: sampleRate)
    let crackle = Crackle.Prepared(
      model, snapsPerSecond: 92 * Maths.pow(force, 0.3), softness: settings.softness,
      levelDB: settings.intensityDB, layer: layer, sampleRate: sampleRate)
    return Shared(
      settings: settings, crackle: crackle,
      friction: SheetFriction.Prepared(
        model, gain: crackle.frictionGain, draws: layer, sampleRate: sampleRate),
      rub: BandNoise(lowHz: 1800, highHz: 8000, draws: layer, sampleRate: sampleRate),
      air: BandNoise(
        lowHz: 250, highHz: 1400 / settings.size.squareRoot(), draws: layer, sampleRate: sampleRate),
      book: book, bookGain: Hit.calibratedGain(on: book, with: Tool.pad.model),
      subsonic: Subsonic(sampleRate: sampleRate), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    sampleRate = shared.sampleRate
    subsonic = shared.subsonic
    crackle = Crackle(shared.crackle, draws: cue.draws)
    friction = SheetFriction(shared.friction, draws: cue.draws.branch("friction"))
    slides = InlineList(
      repeating: Slide(shared.rub, seconds: 0, gain: 0, delayFrames: 0, sampleRate: shared.sampleRate))
    var dice = Dice(cue.draws.branch("hand"))
    motion = SheetMotion(hand: dice.fork())
    let settings = shared.settings
    let gain = shared.crackle.gain
    vigour = dice.logNormal(sigma: 0.25)
    let turnSeconds = dice.uniform(0.75...1.35) * Maths.pow(settings.size, 0.3) / settings.speed
    let rate = sampleRate

    func slide(_ noise: borrowing BandNoise, from start: Double, for seconds: Double, _ levelDB: Double)
      -> Slide
    {
      Slide(
        noise.withDraws(dice.fork()), seconds: seconds,
        gain: gain * Maths.amplitude(dB: levelDB + 2 * dice.gaussian()), delayFrames: Int(start * rate),
        sampleRate: rate)
    }
    // The finger tries the corner up to twice, then slides under it.
    var clock = 0.1 + dice.uniform(0...0.2)
    for _ in 0..<dice.whole(0...2) {
      let seconds = dice.uniform(0.12...0.25) / settings.speed
      slides.append(slide(shared.rub, from: clock, for: seconds, Self.rubDB - 4))
      motion.add(.init(start: clock, duration: seconds, strain: 0.15, slide: 0, settling: 0.1))
      clock += seconds + dice.uniform(0.05...0.25) / settings.speed
    }
    slides.append(slide(shared.rub, from: clock, for: 0.4 * turnSeconds, Self.rubDB))
    motion.add(.init(start: clock, duration: 0.4 * turnSeconds, strain: 0.25, slide: 0, settling: 0.1))
    // The sheet lifts and buckles, and moves the air.
    motion.add(
      .init(
        start: clock + 0.25 * turnSeconds, duration: 0.6 * turnSeconds, strain: 1.4, slide: 0, settling: 0.3))
    slides.append(
      slide(shared.air, from: clock + 0.2 * turnSeconds, for: 0.7 * turnSeconds, Self.airDB))
    // The page falls on the book.
    let fall = clock + turnSeconds * dice.uniform(0.82...0.95)
    slap = Hit(
      StrikeParameters(
        force: Maths.amplitude(dB: settings.intensityDB + 2 * dice.gaussian()),
        position: dice.uniform(0.2...0.8), softness: 0.6 * dice.logNormal(sigma: 0.2)),
      on: shared.book, with: Tool.pad.model,
      gain: shared.bookGain * Maths.amplitude(dB: Self.slapDB), delayFrames: Int(fall * rate),
      draws: dice.fork(), sampleRate: rate)
    motion.add(.init(start: fall, duration: Self.fallSeconds, strain: 0.5, slide: 0, settling: 0.8))
    // Half of the pages are smoothed by a palm.
    var end = fall + Self.fallSeconds
    if dice.chance(0.5) {
      let start = fall + dice.uniform(0.25...0.7)
      let seconds = dice.uniform(0.35...0.8) / settings.speed
      slides.append(slide(shared.rub, from: start, for: seconds, Self.rubDB - 3))
      motion.add(.init(start: start, duration: seconds, strain: 0.12, slide: 0, settling: 0.3))
      end = start + seconds
    }
    frictionMotion = motion
    endSeconds = end + SheetMotion.longestTailSeconds
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    if end < endSeconds { crackle.advance(to: end, &motion, vigour: vigour, frame: frame) }
    crackle.render(into: &block)
    let strain = end < endSeconds ? vigour * frictionMotion.rates(at: end).strain : 0
    friction.render(into: &block, speed: strain, until: end)
    slides.forEach { $0.render(into: &block) }
    slides.removeAll { $0.isOver }
    if !slap.isOver { slap.render(into: &block) }
    subsonic.process(&block)
    frame += block.count
    return end < endSeconds || !crackle.isOver || !friction.isOver || !slides.isEmpty
  }
}
