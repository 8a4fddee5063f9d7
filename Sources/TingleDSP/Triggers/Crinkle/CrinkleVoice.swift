/// A few bouts of crinkling: snaps that come as fast as the sheet is strained and set off others, over the faint
/// sliding of the sheet on itself.
public struct CrinkleVoice: Voice {
  public typealias Settings = Crinkle

  /// The sheet in the hand.
  public struct Shared: Sendable {
    let law: MaterialLaw
    let sheet: Sheet
    let friction: BandNoise
    let frictionGain: Double
    let gain: Double
    let basePerSecond: Double
    let highestEnergy: Double
    let fullEnergy: Double
    let sampleRate: Double
  }

  /// A snap to come, and how many set it off before.
  private struct Coming: Sendable {
    var seconds = 0.0
    var generation = 0
  }

  private let shared: Shared
  private let draws: Draws
  private let endSeconds: Double
  private var dice: Dice
  private var sheet: Sheet
  private var gesture: CrinkleGesture
  private var frictionGesture: CrinkleGesture
  private var friction: BandNoise
  private var frictionLevel: Float = 0
  private var coming = Pool<128, Coming>(repeating: Coming())
  private var snaps = Pool<48, Snap>(repeating: Snap())
  private var snapsSoFar = 0
  private var frame = 0
  private var tick = 0

  /// Chance is thrown a thousand times a second, whatever the sample rate.
  private static let tickSeconds = 0.001
  /// What is left of a snap's peak after its pulse has taken the edge off the modes.
  private static let snapPeakDB = -8.0
  /// A hand that rests is never quite still: the friction that is always there, as a strain rate.
  private static let restingStrain = 0.04

  public static func prepare(_ settings: Crinkle, layer: Draws, sampleRate: Double) -> Shared {
    let law = settings.material.law
    var dice = Dice(layer.branch("sheet"))
    let force = Maths.amplitude(dB: settings.intensityDB)
    let gain = force * Maths.amplitude(dB: law.levelDB)
    let full = Maths.exp2(law.energy.decades * Maths.log2(10))
    let highest = full * Maths.exp2(-1.5 * settings.softness * Maths.log2(10))
    let top = Distributions.boundedPowerLaw(0.999, exponent: law.energy.exponent, highest: highest)
    return Shared(
      law: law, sheet: Sheet(law, dice: &dice),
      friction: BandNoise(
        lowHz: 1.2 * law.facetHz.lowerBound, highHz: min(16000, 1.2 * law.facetHz.upperBound),
        draws: layer, sampleRate: sampleRate),
      frictionGain: gain * (top / full).squareRoot() * Maths.amplitude(dB: law.frictionDB + Self.snapPeakDB),
      gain: gain,
      // Half of a stroke's time is spent at speed, and every snap sets off others.
      basePerSecond: settings.snapsPerSecond * law.liveliness * (1 - law.branching) / 0.5
        * Maths.pow(force, 0.3),
      highestEnergy: highest, fullEnergy: full, sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    self.shared = copy shared
    draws = cue.draws.branch("snaps")
    dice = Dice(cue.draws.branch("hand"))
    sheet = shared.sheet
    gesture = CrinkleGesture(spanSeconds: cue.spanSeconds, dice: &dice)
    frictionGesture = gesture
    friction = shared.friction.withDraws(cue.draws.branch("friction"))
    endSeconds = cue.spanSeconds + CrinkleGesture.longestTailSeconds
  }

  public mutating func render(into block: inout MutableSpan<Float>) -> Bool {
    let end = Double(frame + block.count) / shared.sampleRate
    while Double(tick) * Self.tickSeconds < end {
      throwChance()
      tick += 1
    }
    slide(into: &block, until: end)
    snaps.forEach { $0.render(into: &block) }
    snaps.removeAll { $0.isOver }
    frame += block.count
    return end < endSeconds || !snaps.isEmpty
  }

  /// One tick of the event process: new snaps at the rate of the strain, and those that are due.
  private mutating func throwChance() {
    let now = Double(tick) * Self.tickSeconds
    guard now < endSeconds else { return }
    let mean = shared.basePerSecond * gesture.strainRate(at: now) * Self.tickSeconds
    if mean > 0 {
      for _ in 0..<dice.poisson(mean: mean) {
        coming.add(Coming(seconds: now + dice.uniform() * Self.tickSeconds, generation: 0))
      }
    }
    let due = now + Self.tickSeconds
    var k = 0
    while k < coming.count {
      let snap = coming[k]
      if snap.seconds < due {
        coming.remove(at: k)
        strike(snap)
      } else {
        k += 1
      }
    }
  }

  private mutating func strike(_ snap: Coming) {
    let law = shared.law
    if snap.generation < 4 {
      for _ in 0..<dice.poisson(mean: law.branching) {
        coming.add(
          Coming(seconds: snap.seconds + dice.logUniform(0.001...0.316), generation: snap.generation + 1))
      }
    }
    let energy = dice.powerLaw(exponent: law.energy.exponent, highest: shared.highestEnergy)
    let decades = Maths.log2(energy) / Maths.log2(10)
    let size = 0.5 + 0.35 * (decades / law.energy.decades - 0.35) + 0.3 * dice.gaussian()
    let facet = sheet.facet(nearest: size, law, dice: &dice)
    let amplitude = shared.gain * (energy / shared.fullEnergy).squareRoot()
    let delay = max(0, Int(snap.seconds * shared.sampleRate) - frame)
    snaps.add(
      Snap(
        facet, law, amplitude: amplitude, delayFrames: delay, dice: &dice, noise: draws.branch(snapsSoFar),
        sampleRate: shared.sampleRate))
    snapsSoFar += 1
  }

  /// The sheet slides on itself and on the fingers as fast as the hand moves.
  private mutating func slide(into block: inout MutableSpan<Float>, until end: Double) {
    let tail = CrinkleGesture.longestTailSeconds
    let present = Curves.step(end / tail) * Curves.step((endSeconds - end) / tail)
    let strain = frictionGesture.strainRate(at: end) + Self.restingStrain * present
    let level = end < endSeconds ? Float(shared.frictionGain * Maths.pow(strain, 0.8)) : 0
    if level > 1e-6 || frictionLevel > 1e-6 {
      var ramp = Ramp(from: frictionLevel, to: level, frames: block.count)
      for i in block.indices { block[i] += ramp.next() * friction.next() }
    }
    frictionLevel = level
  }
}
