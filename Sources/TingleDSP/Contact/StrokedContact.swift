/// A hand that strokes something for some seconds, and what is heard of it.
struct StrokedContact: Sendable {
  private var motion: HandMotion
  private var state: HandMotion.State
  private var contact: Contact
  private var subsonic: Subsonic
  private let vigour: Double
  private let sampleRate: Double
  private let endSeconds: Double
  private var frame = 0

  /// - Parameters:
  ///   - strokesPerSecond: how many the hand makes; the manner's own number is what its middle length and pause give.
  ///   - rest: how long it rests, 1 as the manner says.
  init(
    _ make: Contact.Prepared, _ manner: HandMotion.Manner, strokesPerSecond: Double, rest: Double, cue: Cue
  ) {
    var dice = Dice(cue.draws.branch("hand"))
    let stroke = (manner.seconds.lowerBound * manner.seconds.upperBound).squareRoot()
    let pause = (manner.pauseSeconds.lowerBound * manner.pauseSeconds.upperBound).squareRoot()
    let own = 1 / (stroke * (1 + 1.2 * manner.returns) + pause)
    motion = HandMotion(
      manner, spanSeconds: cue.spanSeconds, haste: strokesPerSecond / own * cue.pace, rest: rest, dice: &dice)
    // How much there is in the hand wanders over minutes.
    let wander = Drift(cue.layer.branch("vigour"), slowestSeconds: 240, octaves: 5)
    vigour = Maths.exp(0.2 * max(-2, min(2, wander.value(at: cue.seconds))))
    contact = Contact(make, draws: cue.draws)
    sampleRate = make.sampleRate
    subsonic = Subsonic(sampleRate: sampleRate)
    endSeconds = motion.endSeconds
    state = HandMotion.State()
  }

  /// Adds the next frames.
  /// - Returns: whether more will come.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let seconds = Double(frame) / sampleRate
    var next = motion.state(at: seconds)
    next.pressure *= vigour
    contact.render(into: &block, from: state, to: next)
    state = next
    subsonic.process(&block)
    return seconds < endSeconds || !contact.isOver
  }
}
