/// One crinkling gesture: sheet motion -> crackle, plus sheet motion -> friction noise.
public struct CrinkleVoice: Voice {
  public typealias Settings = Crinkle

  /// The sheet and its sound.
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
  // Two copies of one motion, because times must not decrease: snaps are planned ahead of the friction.
  private var motion: SheetMotion
  private var frictionMotion: SheetMotion
  private var friction: BandNoise
  private var frictionLevel: Float = 0
  private var frame = 0

  /// The mean speed of a move, relative to its peak.
  private static let meanSpeed = 0.55
  /// The sliding speed of a resting hand, which is never quite still.
  private static let restingSlide = 0.04
  /// The length of the crossfade between the resting hands of two voices.
  private static let crossfadeSeconds = 0.6

  public static func prepare(_ settings: Crinkle, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.material.model.handled(
      stiffness: settings.stiffness, size: settings.size, age: settings.age)
    let force = Maths.amplitude(dB: settings.intensityDB)
    let peakSnapsPerSecond = settings.snapsPerSecond / meanSpeed * Maths.pow(force, 0.3)
    return Shared(
      settings: settings,
      crackle: Crackle.Prepared(
        model, snapsPerSecond: peakSnapsPerSecond, softness: settings.softness,
        levelDB: settings.intensityDB, layer: layer, sampleRate: sampleRate),
      friction: BandNoise(
        lowHz: 1.2 * model.facetHz.lowerBound, highHz: min(16000, 1.2 * model.facetHz.upperBound),
        draws: layer, sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    var dice = Dice(cue.draws.branch("hand"))
    motion = SheetMotion(
      shared.settings.gesture, spanSeconds: cue.spanSeconds, rest: shared.settings.rest, dice: &dice)
    frictionMotion = motion
    // The vigour of the hand drifts over minutes.
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
    renderFriction(into: &block, until: end)
    crackle.render(into: &block)
    frame += block.count
    return end < endSeconds || !crackle.isOver
  }

  /// Adds the noise of the sheet sliding on itself and on the fingers; its level follows the speed of the
  /// hand.
  private mutating func renderFriction(into block: inout MutableSpan<SIMD2<Float>>, until end: Double) {
    let fade = Self.crossfadeSeconds
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
