/// Some words as they are written.
public struct WriteVoice: Voice {
  public typealias Settings = Write

  /// The pen, the paper, and the table under it.
  public struct Shared: Sendable {
    let settings: Write
    let make: Contact.Prepared
    let table: TapObject
    let tableGain: Double
  }

  private var motion: PenMotion
  private var contact: Contact
  private var state = HandMotion.State()
  private var landings = InlineList<4, Hit>(repeating: Hit())
  private let table: TapObject
  private let tableGain: Double
  private var dice: Dice
  private let sampleRate: Double
  private var subsonic: Subsonic
  private var frame = 0

  public static func prepare(_ settings: Write, layer: Draws, sampleRate: Double) -> Shared {
    let table = TapObject(settings.table, size: 1.6, draws: layer.branch("table"), sampleRate: sampleRate)
    return Shared(
      settings: settings,
      make: Contact.Prepared(
        settings.pen.law, levelDB: settings.intensityDB + settings.pen.levelDB, draws: layer,
        sampleRate: sampleRate),
      table: table, tableGain: Hit.evenGain(on: table, with: Tool.nail.law))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    motion = PenMotion(
      spanSeconds: cue.spanSeconds,
      letterSeconds: settings.pen.slowness / (settings.lettersPerSecond * cue.pace), rest: settings.rest,
      dice: Dice(cue.draws.branch("hand")))
    contact = Contact(shared.make, draws: cue.draws)
    table = shared.table
    tableGain =
      shared.tableGain
      * Maths.amplitude(dB: settings.pen.landingDB + settings.pen.levelDB + settings.intensityDB)
    dice = Dice(cue.draws.branch("landings"))
    sampleRate = shared.make.sampleRate
    subsonic = Subsonic(sampleRate: sampleRate)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let begin = Double(frame) / sampleRate
    frame += block.count
    let next = motion.state(at: Double(frame) / sampleRate)
    if let landed = motion.landedAt, landed >= begin {
      landings.append(
        Hit(
          StrikeParameters(
            force: 0.5 * dice.logNormal(sigma: 0.4), position: 0.5 + 0.3 * next.place, softness: 1.3),
          on: table, with: Tool.nail.law, gain: tableGain, delayFrames: Int((landed - begin) * sampleRate),
          draws: dice.fork(), sampleRate: sampleRate))
    }
    contact.render(into: &block, from: state, to: next)
    state = next
    landings.forEach { $0.render(into: &block) }
    landings.removeAll { $0.isOver }
    subsonic.process(&block)
    return !motion.isOver || !contact.isOver || !landings.isEmpty
  }
}
