/// A hand that strokes something for some seconds: hand motion -> contact -> subsonic high-pass.
struct StrokedContact: Sendable {
  private var motion: HandMotion
  private var state = HandMotion.State()
  private var contact: Contact
  private var subsonic: Subsonic
  private var unsteadiness: Flutter
  private let tremor: Double
  private let vigour: Double
  private let sampleRate: Double
  private let endSeconds: Double
  private var frame = 0

  /// The time in which a hand touches or lifts.
  private static let touchSeconds = 0.08

  /// - Parameters:
  ///   - strokesPerSecond: the rate of the strokes; it scales the speed of the hand.
  ///   - rest: a factor on the rests of the manner.
  init(
    _ prepared: Contact.Prepared, _ manner: HandMotion.Manner, strokesPerSecond: Double, rest: Double,
    cue: Cue
  ) {
    var dice = Dice(cue.draws.branch("hand"))
    // The rate of the manner itself, from its middle length and pause.
    let stroke = (manner.seconds.lowerBound * manner.seconds.upperBound).squareRoot()
    let pause = (manner.pauseSeconds.lowerBound * manner.pauseSeconds.upperBound).squareRoot()
    let ownPerSecond = 1 / (stroke * (1 + 1.2 * manner.returns) + pause)
    motion = HandMotion(
      manner, spanSeconds: cue.spanSeconds, speed: strokesPerSecond / ownPerSecond * cue.pace, rest: rest,
      dice: &dice)
    tremor = manner.tremor
    unsteadiness = Flutter(sigma: 0.8, correlationSeconds: 0.12, draws: cue.draws.branch("tremor"))
    // The vigour of the hand drifts over minutes.
    let wander = Drift(cue.layer.branch("vigour"), slowestSeconds: 240, octaves: 5)
    vigour = Maths.exp(0.2 * max(-2, min(2, wander.value(at: cue.seconds))))
    contact = Contact(prepared, draws: cue.draws)
    sampleRate = prepared.sampleRate
    subsonic = Subsonic(sampleRate: sampleRate)
    endSeconds = motion.endSeconds
  }

  /// Adds the next frames to a block.
  /// - Returns: whether more will follow.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let seconds = Double(frame) / sampleRate
    var next = motion.state(at: seconds)
    if tremor > 0 {
      let touch =
        Curves.step(seconds / Self.touchSeconds) * Curves.step((endSeconds - seconds) / Self.touchSeconds)
      next.speed += touch * tremor * unsteadiness.gain(at: seconds)
    }
    next.pressure *= vigour
    contact.render(into: &block, from: state, to: next)
    state = next
    subsonic.process(&block)
    return seconds < endSeconds || !contact.isOver
  }
}
