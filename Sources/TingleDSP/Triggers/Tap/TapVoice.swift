/// A phrase of taps, and the faint contacts between them that a close microphone picks up.
///
/// Hand -> planned taps -> contacts (tap, bounces, touches, scrapes) and slides -> hits on the object +
/// knocks on the table under it + slide noise -> subsonic high-pass.
public struct TapVoice: Voice {
  public typealias Settings = Tap

  /// The tool, the two objects, and the fingers.
  public struct Shared: Sendable {
    let settings: Tap
    let tool: ToolModel
    let target: TapTarget
    let other: TapTarget
    let table: TableTop
    let fingers: InlineArray<8, Finger>
    let subsonic: Subsonic
    let sampleRate: Double
  }

  /// What distinguishes one finger from another; the same for the whole layer.
  struct Finger: Sendable {
    /// A factor on the contact time.
    var softness = 1.0
    var levelDB = 0.0
  }

  /// A planned contact or slide. It has its own random stream, so its sound does not depend on the order of
  /// planning.
  private struct PlannedContact: Sendable {
    /// The time since the start of the voice.
    var seconds = 0.0
    var strike = StrikeParameters()
    /// The length of a slide; 0 for a strike.
    var slideSeconds = 0.0
    /// Whether skin scrapes over a grille: the contact is as short as a nail's.
    var isScrape = false
    var draws = Draws(seed: 0)
  }

  private let settings: Tap
  private let tool: ToolModel
  private let target: TapTarget
  private let table: TableTop
  private let fingers: InlineArray<8, Finger>
  private let sampleRate: Double
  // The contacts between the taps use their own dice, so that `handling` does not change the taps.
  private var tapDice: Dice
  private var handlingDice: Dice
  private var hand: TapHand
  private var nextTap: TapHand.PlannedTap?
  private var planned = InlineList<64, PlannedContact>(repeating: PlannedContact())
  private var hits = InlineList<20, Hit>(repeating: Hit())
  private var knocks = InlineList<12, Ring>(repeating: Ring())
  private var slides: InlineList<6, Slide>
  private var subsonic: Subsonic
  private var frame = 0

  /// The longest time by which a touch or a slide precedes its tap.
  private static let lookAheadSeconds = 0.3
  /// The mean number of touches around a tap, at a handling of 1.
  private static let touchesPerTap = 1.6
  private static let mostBounces = 3

  public static func prepare(_ settings: Tap, layer: Draws, sampleRate: Double) -> Shared {
    let objects = settings.object == 0 ? layer : Draws(seed: settings.object)
    let tool = settings.tool.model
    func target(_ surface: Surface, _ branch: String) -> TapTarget {
      TapTarget(
        surface, size: settings.size, tool: tool, draws: objects.branch(branch), sampleRate: sampleRate)
    }
    var dice = Dice(layer.branch("fingers"))
    var fingers = InlineArray<8, Finger>(repeating: Finger())
    for k in fingers.indices {
      fingers[k] = Finger(
        softness: dice.logNormal(sigma: 0.12 * settings.variation),
        levelDB: settings.variation * dice.gaussian())
    }
    return Shared(
      settings: settings, tool: tool, target: target(settings.surface, "object"),
      other: target(settings.otherSurface ?? settings.surface, "other"),
      table: TableTop(draws: objects.branch("table")), fingers: fingers,
      subsonic: Subsonic(sampleRate: sampleRate), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let position = TapPosition(
      at: cue.seconds, slotSeconds: shared.settings.timing.slotSeconds,
      hasOther: shared.settings.otherSurface != nil, layer: cue.layer)
    settings = shared.settings
    tool = shared.tool
    target = position.isOther ? shared.other : shared.target
    table = shared.table
    fingers = shared.fingers
    sampleRate = cue.sampleRate
    subsonic = shared.subsonic
    tapDice = Dice(cue.draws.branch("hand"))
    handlingDice = Dice(cue.draws.branch("handling"))
    hand = TapHand(
      settings, at: position, fingerSpread: tool.fingerSpread, cue: cue, dice: &tapDice)
    slides = InlineList(
      repeating: Slide(target.object.slideNoise, seconds: 0, gain: 0, delayFrames: 0, sampleRate: sampleRate))
    if position.isNew { planSettling(at: position.position) }
    nextTap = hand.next(&tapDice)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    while let tap = nextTap, tap.seconds < end + Self.lookAheadSeconds {
      plan(tap)
      nextTap = hand.next(&tapDice)
    }
    start(before: end)
    hits.forEach { $0.render(into: &block) }
    knocks.forEach { $0.render(into: &block) }
    slides.forEach { $0.render(into: &block) }
    hits.removeAll { $0.isOver }
    knocks.removeAll { $0.isOver }
    slides.removeAll { $0.isOver }
    subsonic.process(&block)
    frame += block.count
    return nextTap != nil || !planned.isEmpty || !hits.isEmpty || !knocks.isEmpty || !slides.isEmpty
  }

  /// Plans the contacts of one tap: the tap, its bounces, faint touches around it, and the slide to it.
  private mutating func plan(_ tap: TapHand.PlannedTap) {
    let finger = fingers[tap.finger]
    let force = Maths.amplitude(dB: Self.compressed(tap.forceDB + finger.levelDB) + settings.intensityDB)
    let strike = StrikeParameters(force: force, position: tap.position, softness: finger.softness)
    add(PlannedContact(seconds: tap.seconds, strike: strike, draws: tapDice.fork()))
    planBounces(of: strike, after: tap.seconds)
    planScrape(of: strike, at: tap.seconds)
    guard settings.handling > 0 else { return }
    planTouches(around: strike, at: tap.seconds)
    planSlide(to: tap)
  }

  /// Compresses forces above the nominal one: a soothing hand never taps much harder.
  private static func compressed(_ forceDB: Double) -> Double {
    forceDB > 0 ? forceDB / (1 + forceDB / 8) : forceDB
  }

  /// Plans micro-bounces, each sooner and weaker than the last.
  private mutating func planBounces(of strike: StrikeParameters, after seconds: Double) {
    var strike = strike
    var seconds = seconds
    var delay = tapDice.uniform(tool.bounce.seconds)
    var left = Self.mostBounces
    while left > 0, tapDice.chance(tool.bounce.chance * min(1, settings.variation)) {
      left -= 1
      strike.force *= tapDice.uniform(tool.bounce.restitution)
      strike.position += 0.01 * tapDice.gaussian()
      seconds += delay
      delay *= 0.6
      add(PlannedContact(seconds: seconds, strike: strike, draws: tapDice.fork()))
    }
  }

  /// Plans the scrape of skin over a grille, if the object has one.
  private mutating func planScrape(of strike: StrikeParameters, at seconds: Double) {
    guard target.grilleGain > 0 else { return }
    var strike = strike
    strike.force *= target.grilleGain * tapDice.gain(spreadDB: 4)
    add(PlannedContact(seconds: seconds, strike: strike, isScrape: true, draws: tapDice.fork()))
  }

  /// Plans faint touches by other fingers and the side of the hand, shortly before and after a tap.
  private mutating func planTouches(around strike: StrikeParameters, at seconds: Double) {
    for _ in 0..<handlingDice.poisson(mean: Self.touchesPerTap * settings.handling) {
      let offset = min(Self.lookAheadSeconds, handlingDice.exponential(mean: 0.06))
      add(
        PlannedContact(
          seconds: seconds + (handlingDice.chance(0.5) ? offset : -offset),
          strike: StrikeParameters(
            force: strike.force * Maths.amplitude(dB: -handlingDice.uniform(8...34)),
            position: strike.position + 0.1 * handlingDice.gaussian(),
            softness: handlingDice.uniform(0.8...1.8)
          ), draws: handlingDice.fork()))
    }
  }

  /// Plans the slide to a tap; a longer and faster move is louder.
  private mutating func planSlide(to tap: TapHand.PlannedTap) {
    guard handlingDice.chance(0.6) else { return }
    let longest = min(Self.lookAheadSeconds, 0.8 * max(0.05, tap.travelSeconds))
    let seconds = min(longest, handlingDice.uniform(0.03...0.12) * (1 + 2 * hand.bar.sliding))
    let speed = (0.02 + tap.travel) / seconds
    let levelDB =
      target.object.model.slide.levelDB + 0.8 * Maths.decibels(amplitude: speed) + 4 * handlingDice.gaussian()
      + settings.intensityDB
    add(
      PlannedContact(
        seconds: tap.seconds - min(Self.lookAheadSeconds, seconds + handlingDice.uniform(0...0.05)),
        strike: StrikeParameters(force: settings.handling * Maths.amplitude(dB: min(levelDB, -14))),
        slideSeconds: seconds,
        draws: handlingDice.fork()))
  }

  /// Plans two or three soft, dull contacts, as when an object is moved or another one is taken.
  private mutating func planSettling(at position: Double) {
    guard settings.handling > 0 else { return }
    for _ in 0..<handlingDice.whole(2...3) {
      add(
        PlannedContact(
          seconds: handlingDice.uniform(0...0.3),
          strike: StrikeParameters(
            force: settings.handling
              * Maths.amplitude(dB: settings.intensityDB - handlingDice.uniform(14...26)),
            position: position + 0.2 * handlingDice.gaussian(), softness: handlingDice.uniform(3...8)),
          draws: handlingDice.fork()))
    }
  }

  private mutating func add(_ contact: PlannedContact) {
    var contact = contact
    contact.seconds = max(0, contact.seconds)
    planned.append(contact)
  }

  /// Starts the contacts and slides before `end`.
  private mutating func start(before end: Double) {
    for k in planned.indices where planned[k].seconds < end {
      let contact = planned[k]
      let delay = max(0, Int(contact.seconds * sampleRate) - frame)
      if contact.slideSeconds > 0 {
        slides.append(
          Slide(
            target.object.slideNoise.withDraws(contact.draws), seconds: contact.slideSeconds,
            gain: target.gain * contact.strike.force, delayFrames: delay, sampleRate: sampleRate))
      } else {
        strike(contact, delayFrames: delay)
      }
    }
    planned.removeAll { $0.seconds < end }
  }

  /// Starts the hit of a contact on the object, and the knock on the table under it.
  private mutating func strike(_ contact: PlannedContact, delayFrames: Int) {
    hits.append(
      Hit(
        contact.strike, on: target.object, with: contact.isScrape ? Tool.nail.model : tool, gain: target.gain,
        delayFrames: delayFrames, draws: contact.draws, sampleRate: sampleRate))
    guard target.tableGain > 0 else { return }
    knocks.append(
      table.knock(
        contact.strike, gain: target.tableGain, delayFrames: delayFrames, draws: contact.draws,
        sampleRate: sampleRate))
  }
}
