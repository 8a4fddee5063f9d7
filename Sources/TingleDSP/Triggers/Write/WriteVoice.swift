/// Some words as they are written: pen motion -> contact of the pen, plus hits of the pen on the table ->
/// subsonic high-pass.
public struct WriteVoice: Voice {
  public typealias Settings = Write

  /// The pen, the paper and the table.
  public struct Shared: Sendable {
    let settings: Write
    let contact: Contact.Prepared
    let table: StruckObject
    let tableGain: Double
  }

  private var motion: PenMotion
  private var contact: Contact
  private var state = HandMotion.State()
  private var landings = InlineList<4, Hit>(repeating: Hit())
  private let table: StruckObject
  private let tableGain: Double
  private var dice: Dice
  private let sampleRate: Double
  private var subsonic: Subsonic
  private var frame = 0

  /// The size of the table as a struck object.
  private static let tableSize = 1.6

  public static func prepare(_ settings: Write, layer: Draws, sampleRate: Double) -> Shared {
    let table = StruckObject(
      settings.table, size: tableSize, draws: layer.branch("table"), sampleRate: sampleRate)
    return Shared(
      settings: settings,
      contact: Contact.Prepared(
        settings.pen.model, levelDB: settings.intensityDB + settings.pen.calibrationDB, draws: layer,
        sampleRate: sampleRate),
      table: table, tableGain: Hit.calibratedGain(on: table, with: Tool.nail.model))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    motion = PenMotion(
      spanSeconds: cue.spanSeconds,
      letterSeconds: settings.pen.slowness / (settings.lettersPerSecond * cue.pace), rest: settings.rest,
      dice: Dice(cue.draws.branch("hand")))
    contact = Contact(shared.contact, draws: cue.draws)
    table = shared.table
    tableGain =
      shared.tableGain
      * Maths.amplitude(dB: settings.pen.landingDB + settings.pen.calibrationDB + settings.intensityDB)
    dice = Dice(cue.draws.branch("landings"))
    sampleRate = shared.contact.sampleRate
    subsonic = Subsonic(sampleRate: sampleRate)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let next = motion.state(at: Double(frame) / sampleRate)
    if let landed = motion.landedAt, landed >= start {
      landings.append(
        Hit(
          StrikeParameters(
            force: 0.5 * dice.logNormal(sigma: 0.4), position: 0.5 + 0.3 * next.position, softness: 1.3),
          on: table, with: Tool.nail.model, gain: tableGain,
          delayFrames: Int((landed - start) * sampleRate), draws: dice.fork(), sampleRate: sampleRate))
    }
    contact.render(into: &block, from: state, to: next)
    state = next
    landings.forEach { $0.render(into: &block) }
    landings.removeAll { $0.isOver }
    subsonic.process(&block)
    return !motion.isOver || !contact.isOver || !landings.isEmpty
  }
}
