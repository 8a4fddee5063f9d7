/// A hand's doings with a sheet for some seconds: its snaps, over the faint sliding of the sheet on itself.
public struct CrinkleVoice: Voice {
  public typealias Settings = Crinkle

  /// The sheet in the hand.
  public struct Shared: Sendable {
    let settings: Crinkle
    let crackle: Crackle.Prepared
    let friction: BandNoise
  }

  private let frictionGain: Double
  private let sampleRate: Double
  private let vigour: Double
  private let spanSeconds: Double
  private let endSeconds: Double
  private var crackle: Crackle
  // Snaps are planned a little ahead of the friction, and neither looks back: each follows the motion by
  // itself.
  private var motion: SheetMotion
  private var frictionMotion: SheetMotion
  private var friction: BandNoise
  private var frictionLevel: Float = 0
  private var frame = 0

  /// A hand that rests is never quite still: the sliding that is always there, as a speed.
  private static let restingSlide = 0.04
  /// One voice's resting hand gives way to the next one's within this time.
  private static let handOverSeconds = 0.6

  public static func prepare(_ settings: Crinkle, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.material.model.handled(
      stiffness: settings.stiffness, size: settings.size, age: settings.age)
    let force = Maths.amplitude(dB: settings.intensityDB)
    return Shared(
      settings: settings,
      crackle: Crackle.Prepared(
        // Half of a stroke's time is spent at speed.
        model, snapsPerSecond: settings.snapsPerSecond / 0.55 * Maths.pow(force, 0.3),
        softness: settings.softness, levelDB: settings.intensityDB, layer: layer, sampleRate: sampleRate),
      friction: BandNoise(
        lowHz: 1.2 * model.facetHz.lowerBound, highHz: min(16000, 1.2 * model.facetHz.upperBound),
        draws: layer, sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    var dice = Dice(cue.draws.branch("hand"))
    motion = SheetMotion(
      shared.settings.gesture, spanSeconds: cue.spanSeconds, rest: shared.settings.rest, dice: &dice)
    frictionMotion = motion
    // How much energy there is in the hand wanders over minutes.
    let wander = Drift(cue.layer.branch("vigour"), slowestSeconds: 240, octaves: 5)
    vigour = Maths.exp(0.3 * max(-2, min(2, wander.value(at: cue.seconds))))
    frictionGain = shared.crackle.frictionGain
    sampleRate = shared.crackle.sampleRate
    friction = shared.friction.withDraws(cue.draws.branch("friction"))
    crackle = Crackle(shared.crackle, draws: cue.draws)
    spanSeconds = cue.spanSeconds
    endSeconds = cue.spanSeconds + SheetMotion.longestTailSeconds
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    if end < endSeconds { crackle.advance(to: end, &motion, vigour: vigour, frame: frame) }
    slide(into: &block, until: end)
    crackle.render(into: &block)
    frame += block.count
    return end < endSeconds || !crackle.isOver
  }

  /// The sheet slides on itself and on the fingers as fast as the hand moves.
  private mutating func slide(into block: inout MutableSpan<SIMD2<Float>>, until end: Double) {
    let fade = Self.handOverSeconds
    let present = Curves.step(end / fade) * Curves.step((spanSeconds + fade - end) / fade)
    let speed = vigour * frictionMotion.rates(at: end).slide + Self.restingSlide * present
    let level = end < spanSeconds + fade ? Float(frictionGain * Maths.pow(speed, 0.8)) : 0
    if level > 1e-6 || frictionLevel > 1e-6 {
      var ramp = Ramp(from: frictionLevel, to: level, frames: block.count)
      for i in block.indices { block[i] += SIMD2(repeating: ramp.next() * friction.next()) }
    }
    frictionLevel = level
  }
}
