/// One pull, and for a zipper the way back: hand motion with stick and slip -> contact -> subsonic high-pass.
///
/// The events follow the distance that the hand covers: fracture bands of a peeled tape reach its edge as
/// single shocks, and each tooth of a zipper clicks once.
public struct TearVoice: Voice {
  public typealias Settings = Tear

  /// What comes apart.
  public struct Shared: Sendable {
    let settings: Tear
    let contact: Contact.Prepared
  }

  /// The longest pull, and a zipper's way back, at the usual speed.
  static let longestSeconds = 4.0
  private static let stepSeconds = 0.012

  private var motion = HandMotion()
  private var state = HandMotion.State()
  private var contact: Contact
  private var slip: Flutter
  // The slip at the start and at the end of the current step, and the number of steps.
  private var slips = SIMD2<Double>(1, 1)
  private var steps = 0
  private var subsonic: Subsonic
  private var treble: OnePole<SIMD2<Float>>
  private let cut: Float
  private let endSeconds: Double
  private let sampleRate: Double
  private var frame = 0

  public static func prepare(_ settings: Tear, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      contact: Contact.Prepared(
        settings.kind.model, levelDB: settings.intensityDB, draws: layer, sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let kind = shared.settings.kind
    var dice = Dice(cue.draws.branch("hand"))
    let speed = shared.settings.speed * dice.logNormal(sigma: 0.12)
    let seconds = dice.uniform(kind.pullSeconds) / speed
    let start = dice.uniform(0.02...0.1)
    let side = dice.chance(0.5) ? 0.6 : -0.6
    motion.add(
      .init(
        start: start, duration: seconds, speed: speed, pressure: dice.logNormal(sigma: 0.15), from: -side,
        to: side))
    if kind.goesBack {
      motion.add(
        .init(
          start: start + seconds + dice.uniform(0.25...0.6), duration: 1.15 * seconds, speed: speed / 1.15,
          pressure: 0.85, from: side, to: -side))
    }
    endSeconds = motion.endSeconds
    contact = Contact(shared.contact, draws: cue.draws)
    slip = Flutter(
      sigma: kind.stickSlip, correlationSeconds: kind.stickSeconds, draws: cue.draws.branch("slip"))
    subsonic = Subsonic(sampleRate: cue.sampleRate)
    treble = OnePole(cutoffHz: 2000, sampleRate: cue.sampleRate)
    cut = Float(1 - Maths.amplitude(dB: -shared.settings.trebleCutDB))
    sampleRate = cue.sampleRate
  }

  /// The speed of the hand relative to an even one: straight lines between times that do not depend on the
  /// sample rate.
  private mutating func slip(at seconds: Double) -> Double {
    let position = seconds / Self.stepSeconds
    while position > Double(steps) {
      steps += 1
      slips = SIMD2(slips.y, min(2.5, slip.gain(at: Double(steps) * Self.stepSeconds)))
    }
    return slips.y - (slips.y - slips.x) * (Double(steps) - position)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let seconds = Double(frame) / sampleRate
    var next = motion.state(at: seconds)
    next.speed *= slip(at: seconds)
    contact.render(into: &block, from: state, to: next)
    state = next
    if cut > 0 {
      var treble = treble
      for i in block.indices { block[i] -= cut * (block[i] - treble.lowPass(block[i])) }
      self.treble = treble
    }
    subsonic.process(&block)
    return seconds < endSeconds || !contact.isOver
  }
}
