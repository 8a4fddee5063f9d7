/// One crinkling gesture: sheet motion -> crackle, plus sheet motion -> friction.
public struct CrinkleVoice: Voice {
  public typealias Settings = Crinkle

  /// The sheet and its sound.
  public struct Shared: Sendable {
    let settings: Crinkle
    let crackle: Crackle.Prepared
    let friction: SheetFriction.Prepared
  }

  private let sampleRate: Double
  private let vigour: Double
  private let endSeconds: Double
  private var crackle: Crackle
  // Two copies of one motion, because times must not decrease: snaps are planned ahead of the friction.
  private var motion: SheetMotion
  private var frictionMotion: SheetMotion
  private var friction: SheetFriction
  private var frame = 0

  /// The mean strain rate of a move and of its settling, relative to the peak of the move.
  package static let meanStrain = 1.0

  public static func prepare(_ settings: Crinkle, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.material.model.handled(
      stiffness: settings.stiffness, size: settings.size, age: settings.age)
    let force = Maths.amplitude(dB: settings.intensityDB)
    let peakSnapsPerSecond = settings.snapsPerSecond / meanStrain * Maths.pow(force, 0.3)
    let crackle = Crackle.Prepared(
      model, snapsPerSecond: peakSnapsPerSecond, softness: settings.softness,
      levelDB: settings.intensityDB, layer: layer, sampleRate: sampleRate)
    return Shared(
      settings: settings, crackle: crackle,
      friction: SheetFriction.Prepared(
        model, gain: crackle.frictionGain, draws: layer, sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    var dice = Dice(cue.draws.branch("hand"))
    motion = SheetMotion(
      shared.settings.gesture, spanSeconds: cue.spanSeconds, rest: shared.settings.rest, dice: &dice)
    frictionMotion = motion
    // The vigour of the hand drifts over minutes.
    let wander = Drift(cue.layer.branch("vigour"), slowestSeconds: 240, octaves: 5)
    vigour = Maths.exp(0.3 * max(-2, min(2, wander.value(at: cue.seconds))))
    sampleRate = shared.crackle.sampleRate
    friction = SheetFriction(shared.friction, draws: cue.draws.branch("friction"))
    crackle = Crackle(shared.crackle, draws: cue.draws)
    endSeconds = cue.spanSeconds + SheetMotion.longestTailSeconds
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    if end < endSeconds { crackle.advance(to: end, &motion, vigour: vigour, frame: frame) }
    let slide = end < endSeconds ? vigour * frictionMotion.rates(at: end).slide : 0
    friction.render(into: &block, speed: slide, until: end)
    crackle.render(into: &block)
    frame += block.count
    return end < endSeconds || !crackle.isOver || !friction.isOver
  }
}
