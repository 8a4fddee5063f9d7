/// A phrase of taps by one hand in one place, and the small contacts that a close microphone hears round them.
public struct TapVoice: Voice {
  public typealias Settings = Tap

  /// The object under the hand.
  public struct Shared: Sendable {
    let settings: Tap
    let surface: SurfaceLaw
    let tool: ToolLaw
    let object: TapObject
    /// What evens surfaces and tools out.
    let gain: Double
    /// The band of the scuffs, found once.
    let scuffNoise: BandNoise
    let sampleRate: Double
  }

  /// A contact that is due, in seconds since the voice began.
  private struct Contact {
    var seconds = 0.0
    var force = 0.0
    var position = 0.0
    var scuffSeconds = 0.0
    /// Its own draws, so that what one contact draws does not depend on when another is due.
    var draws = Draws(seed: 0)
  }

  private let shared: Shared
  private let draws: Draws
  private var dice: Dice
  private var hand: TapHand
  private var coming: TapHand.Tap?
  private var contacts = Pool<64, Contact>(repeating: Contact())
  private var hits = Pool<20, Hit>(repeating: Hit())
  private var scuffs: Pool<4, Scuff>
  private var frame = 0
  private var contactsSoFar = 0

  /// Small contacts may come this long before their tap.
  private static let lookAheadSeconds = 0.3

  public static func prepare(_ settings: Tap, layer: Draws, sampleRate: Double) -> Shared {
    var dice = Dice(layer.branch("object"))
    let law = settings.surface.law
    let tool = settings.tool.law
    return Shared(
      settings: settings, surface: law, tool: tool,
      object: TapObject(law, dice: &dice),
      gain: Maths.amplitude(dB: law.levelDB + tool.levelDB),
      scuffNoise: BandNoise(lowHz: 1200, highHz: 7000, draws: layer, sampleRate: sampleRate),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    self.shared = copy shared
    draws = cue.draws.branch("contacts")
    dice = Dice(cue.draws.branch("hand"))
    hand = TapHand(
      tapsPerSecond: shared.settings.tapsPerSecond, variation: shared.settings.variation,
      spanSeconds: cue.spanSeconds, dice: &dice)
    scuffs = Pool(
      repeating: Scuff(shared.scuffNoise, seconds: 0, gain: 0, delayFrames: 0, sampleRate: cue.sampleRate))
    coming = hand.next(&dice)
  }

  public mutating func render(into block: inout MutableSpan<Float>) -> Bool {
    let end = Double(frame + block.count) / shared.sampleRate
    while let tap = coming, tap.seconds < end + Self.lookAheadSeconds {
      schedule(tap)
      coming = hand.next(&dice)
    }
    begin(before: end)
    hits.forEach { $0.render(into: &block) }
    scuffs.forEach { $0.render(into: &block) }
    hits.removeAll { $0.isOver }
    scuffs.removeAll { $0.isOver }
    frame += block.count
    return coming != nil || !contacts.isEmpty || !hits.isEmpty || !scuffs.isEmpty
  }

  /// A tap is several contacts: itself, perhaps a bounce, and faint touches of other fingers round it.
  private mutating func schedule(_ tap: TapHand.Tap) {
    let force = Maths.amplitude(dB: tap.forceDB + shared.settings.forceDB)
    add(tap.seconds, force, tap.position)
    if dice.chance(0.35) {
      add(
        tap.seconds + dice.uniform(0.004...0.014), force * dice.uniform(0.08...0.3),
        tap.position + 0.01 * dice.gaussian())
    }
    for _ in 0..<dice.poisson(mean: 1.6) {
      let away = min(Self.lookAheadSeconds, dice.exponential(mean: 0.06))
      let seconds = tap.seconds + (dice.chance(0.5) ? away : -away)
      add(
        seconds, force * Maths.amplitude(dB: -dice.uniform(8...34)),
        tap.position + 0.1 * dice.gaussian())
    }
    if dice.chance(0.6) {
      let length = dice.uniform(0.03...0.12)
      let lead = min(Self.lookAheadSeconds, length + dice.uniform(0...0.1))
      add(
        tap.seconds - lead, Maths.amplitude(dB: -38 + 5 * dice.gaussian() + shared.settings.forceDB), 0,
        scuff: length)
    }
  }

  private mutating func add(_ seconds: Double, _ force: Double, _ position: Double, scuff: Double = 0) {
    contacts.add(
      Contact(
        seconds: max(0, seconds), force: force, position: position, scuffSeconds: scuff,
        draws: draws.branch(contactsSoFar)))
    contactsSoFar += 1
  }

  /// Starts the contacts that fall before `end`.
  private mutating func begin(before end: Double) {
    let rate = shared.sampleRate
    for k in contacts.indices where contacts[k].seconds < end {
      let contact = contacts[k]
      let delay = max(0, Int(contact.seconds * rate) - frame)
      if contact.scuffSeconds > 0 {
        scuffs.add(
          Scuff(
            shared.scuffNoise.withDraws(contact.draws), seconds: contact.scuffSeconds,
            gain: shared.gain * contact.force, delayFrames: delay, sampleRate: rate))
      } else {
        hits.add(
          Hit(
            shared, force: contact.force, position: contact.position, delayFrames: delay, draws: contact.draws
          ))
      }
    }
    contacts.removeAll { $0.seconds < end }
  }
}
