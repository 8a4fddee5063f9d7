/// A phrase of taps in one place, and the small contacts that a close microphone hears round them.
public struct TapVoice: Voice {
  public typealias Settings = Tap

  /// What lies under the hands, and the hands' own make.
  public struct Shared: Sendable {
    let settings: Tap
    let tool: ToolModel
    let object: StruckObject
    let gain: Double
    let other: StruckObject
    let otherGain: Double
    let fingers: InlineArray<8, Finger>
    let subsonic: BiquadCoefficients
    let sampleRate: Double
  }

  /// How one finger differs from the next, all night.
  struct Finger: Sendable {
    /// How long it stays in contact, as a factor.
    var softness = 1.0
    var levelDB = 0.0
  }

  /// A contact or a slide that is due, with its own draws, so that what one draws does not depend on when
  /// another is due.
  private struct Due: Sendable {
    /// Since the voice began.
    var seconds = 0.0
    var blow = StrikeParameters()
    /// A slide's length; 0 for a blow.
    var slideSeconds = 0.0
    var draws = Draws(seed: 0)
  }

  private let settings: Tap
  private let tool: ToolModel
  private let object: StruckObject
  private let fingers: InlineArray<8, Finger>
  private let sampleRate: Double
  private let gain: Double
  // What is heard between the taps has dice of its own: with less of it the taps stay as they are.
  private var tapDice: Dice
  private var handlingDice: Dice
  private var hand: TapHand
  private var coming: TapHand.PlannedTap?
  private var due = InlineList<64, Due>(repeating: Due())
  private var hits = InlineList<20, Hit>(repeating: Hit())
  private var slides: InlineList<6, Slide>
  // Not `Subsonic`, whose rounding differs: the sound of the presets is pinned to the bit.
  private var subsonic: Biquad<SIMD2<Float>>
  private var frame = 0

  /// Small contacts may come this long before their tap.
  private static let lookAheadSeconds = 0.3

  public static func prepare(_ settings: Tap, layer: Draws, sampleRate: Double) -> Shared {
    let objects = settings.object == 0 ? layer : Draws(seed: settings.object)
    func object(_ surface: Surface, _ branch: String) -> StruckObject {
      StruckObject(surface, size: settings.size, draws: objects.branch(branch), sampleRate: sampleRate)
    }
    var dice = Dice(layer.branch("fingers"))
    var fingers = InlineArray<8, Finger>(repeating: Finger())
    for k in fingers.indices {
      fingers[k] = Finger(
        softness: dice.logNormal(sigma: 0.12 * settings.variation),
        levelDB: settings.variation * dice.gaussian())
    }
    let tool = settings.tool.model
    let first = object(settings.surface, "object")
    let second = object(settings.otherSurface ?? settings.surface, "other")
    return Shared(
      settings: settings, tool: tool, object: first, gain: Hit.calibratedGain(on: first, with: tool),
      other: second,
      otherGain: Hit.calibratedGain(on: second, with: tool), fingers: fingers,
      subsonic: Subsonic.coefficients(sampleRate: sampleRate), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let place = TapPosition(
      at: cue.seconds, slotSeconds: shared.settings.timing.slotSeconds,
      hasOther: shared.settings.otherSurface != nil, layer: cue.layer)
    settings = shared.settings
    tool = shared.tool
    object = place.isOther ? shared.other : shared.object
    fingers = shared.fingers
    sampleRate = cue.sampleRate
    subsonic = Biquad(shared.subsonic)
    gain = place.isOther ? shared.otherGain : shared.gain
    tapDice = Dice(cue.draws.branch("hand"))
    handlingDice = Dice(cue.draws.branch("handling"))
    hand = TapHand(
      settings, place: place, fingerSpread: tool.fingerSpread, cue: cue, dice: &tapDice)
    slides = InlineList(
      repeating: Slide(object.slideNoise, seconds: 0, gain: 0, delayFrames: 0, sampleRate: sampleRate))
    if place.isNew { settle(place.position) }
    coming = hand.next(&tapDice)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    while let stroke = coming, stroke.seconds < end + Self.lookAheadSeconds {
      schedule(stroke)
      coming = hand.next(&tapDice)
    }
    begin(before: end)
    hits.forEach { $0.render(into: &block) }
    slides.forEach { $0.render(into: &block) }
    hits.removeAll { $0.isOver }
    slides.removeAll { $0.isOver }
    subsonic.process(&block)
    frame += block.count
    return coming != nil || !due.isEmpty || !hits.isEmpty || !slides.isEmpty
  }

  /// A stroke is several contacts: itself, its bounces, and faint touches round it, with a slide on the way
  /// there.
  private mutating func schedule(_ stroke: TapHand.PlannedTap) {
    let finger = fingers[stroke.finger]
    let force = Maths.amplitude(dB: Self.restrained(stroke.forceDB + finger.levelDB) + settings.intensityDB)
    let blow = StrikeParameters(force: force, position: stroke.position, softness: finger.softness)
    add(Due(seconds: stroke.seconds, blow: blow, draws: tapDice.fork()))
    bounce(blow, after: stroke.seconds)
    guard settings.handling > 0 else { return }
    touch(blow, around: stroke.seconds)
    slide(to: stroke)
  }

  /// A hand that means to soothe never strikes much harder than it set out to.
  private static func restrained(_ forceDB: Double) -> Double {
    forceDB > 0 ? forceDB / (1 + forceDB / 8) : forceDB
  }

  /// Micro-bounces, each sooner and weaker than the last.
  private mutating func bounce(_ blow: StrikeParameters, after seconds: Double) {
    var blow = blow
    var seconds = seconds
    var delay = tapDice.uniform(tool.bounce.seconds)
    var left = 3
    while left > 0, tapDice.chance(tool.bounce.chance * min(1, settings.variation)) {
      left -= 1
      blow.force *= tapDice.uniform(tool.bounce.restitution)
      blow.position += 0.01 * tapDice.gaussian()
      seconds += delay
      delay *= 0.6
      add(Due(seconds: seconds, blow: blow, draws: tapDice.fork()))
    }
  }

  /// Other fingers and the side of the hand brush the object a little before and after a tap.
  private mutating func touch(_ blow: StrikeParameters, around seconds: Double) {
    for _ in 0..<handlingDice.poisson(mean: 1.6 * settings.handling) {
      let away = min(Self.lookAheadSeconds, handlingDice.exponential(mean: 0.06))
      add(
        Due(
          seconds: seconds + (handlingDice.chance(0.5) ? away : -away),
          blow: StrikeParameters(
            force: blow.force * Maths.amplitude(dB: -handlingDice.uniform(8...34)),
            position: blow.position + 0.1 * handlingDice.gaussian(), softness: handlingDice.uniform(0.8...1.8)
          ), draws: handlingDice.fork()))
    }
  }

  /// The way to the next tap: the farther and the faster the hand goes, the more is heard of it.
  private mutating func slide(to stroke: TapHand.PlannedTap) {
    guard handlingDice.chance(0.6) else { return }
    let longest = min(Self.lookAheadSeconds, 0.8 * max(0.05, stroke.travelSeconds))
    let seconds = min(longest, handlingDice.uniform(0.03...0.12) * (1 + 2 * hand.bar.sliding))
    let speed = (0.02 + stroke.travel) / seconds
    let levelDB =
      object.model.slide.levelDB + 0.8 * Maths.decibels(amplitude: speed) + 4 * handlingDice.gaussian()
      + settings.intensityDB
    add(
      Due(
        seconds: stroke.seconds - min(Self.lookAheadSeconds, seconds + handlingDice.uniform(0...0.05)),
        blow: StrikeParameters(force: settings.handling * Maths.amplitude(dB: min(levelDB, -14))),
        slideSeconds: seconds,
        draws: handlingDice.fork()))
  }

  /// The object is shifted, or another taken up: two or three soft, dull contacts.
  private mutating func settle(_ position: Double) {
    guard settings.handling > 0 else { return }
    for _ in 0..<handlingDice.whole(2...3) {
      add(
        Due(
          seconds: handlingDice.uniform(0...0.3),
          blow: StrikeParameters(
            force: settings.handling
              * Maths.amplitude(dB: settings.intensityDB - handlingDice.uniform(14...26)),
            position: position + 0.2 * handlingDice.gaussian(), softness: handlingDice.uniform(3...8)),
          draws: handlingDice.fork()))
    }
  }

  private mutating func add(_ event: Due) {
    var event = event
    event.seconds = max(0, event.seconds)
    due.append(event)
  }

  /// Starts what is due before `end`.
  private mutating func begin(before end: Double) {
    for k in due.indices where due[k].seconds < end {
      let event = due[k]
      let delay = max(0, Int(event.seconds * sampleRate) - frame)
      if event.slideSeconds > 0 {
        slides.append(
          Slide(
            object.slideNoise.withDraws(event.draws), seconds: event.slideSeconds,
            gain: gain * event.blow.force, delayFrames: delay, sampleRate: sampleRate))
      } else {
        hits.append(
          Hit(
            event.blow, on: object, with: tool, gain: gain, delayFrames: delay, draws: event.draws,
            sampleRate: sampleRate))
      }
    }
    due.removeAll { $0.seconds < end }
  }
}
