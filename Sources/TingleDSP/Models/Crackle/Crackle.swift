/// The snaps of one sheet: sheet motion -> snap process -> single snaps, or rustle for the faint ones.
struct Crackle: Sendable {
  /// The state that all voices of a layer share: the sheet and its level.
  struct Prepared: Sendable {
    let model: MaterialModel
    fileprivate let sheet: Sheet
    fileprivate let rustle: Rustle
    fileprivate let snapsPerSecond: Double
    fileprivate let softness: Double
    /// The amplitude of the strongest possible snap.
    let gain: Double
    /// The gain of the friction noise at a sliding speed of 1.
    let frictionGain: Double
    let sampleRate: Double
  }

  private let prepared: Prepared
  private var process: SnapProcess
  private var sheet: Sheet
  private var rustle: Rustle
  private var snaps = InlineList<48, Snap>(repeating: Snap())
  private var dice: Dice
  private var tick = 0

  /// Snaps this far below the strongest are part of the rustle.
  private static let rustleDB = -30.0
  /// The softness at which `frictionDB` holds.
  private static let usualSoftness = 0.5
  /// The peak of a snap, relative to its amplitude: the pulse attenuates the modes.
  private static let snapPeakDB = -8.0

  init(_ prepared: Prepared, draws: Draws) {
    self.prepared = prepared
    process = SnapProcess(
      prepared.model, snapsPerSecond: prepared.snapsPerSecond, draws: draws.branch("snaps"))
    sheet = prepared.sheet
    rustle = prepared.rustle
    dice = Dice(draws.branch("facets"))
  }

  /// Whether all snaps have decayed; the motion can still trigger new ones.
  var isOver: Bool { snaps.isEmpty && rustle.isOver }

  /// Adds the snaps of the sheet's motion up to `end`, in seconds since the voice started.
  /// - Parameters:
  ///   - vigour: a factor on the strain rate.
  ///   - frame: the first frame of the next block.
  mutating func advance(to end: Double, _ motion: inout SheetMotion, vigour: Double, frame: Int) {
    while Double(tick) * SnapProcess.tickSeconds < end {
      let now = Double(tick) * SnapProcess.tickSeconds
      process.strain(vigour * motion.rates(at: now).strain, at: now)
      while let event = process.next(before: now + SnapProcess.tickSeconds) {
        add(event, delayFrames: max(0, Int(event.seconds * prepared.sampleRate) - frame))
      }
      tick += 1
    }
  }

  private mutating func add(_ event: SnapProcess.Event, delayFrames: Int) {
    let popShare = prepared.model.popShare
    if popShare > 0, dice.chance(popShare) {
      // A pop is as strong as the strongest snap.
      let amplitude = prepared.gain * Maths.amplitude(dB: Self.softened(0, by: prepared.softness))
      addSnap(Facet(bubble: &dice), amplitude: amplitude, delayFrames: delayFrames)
      return
    }
    let decades = Self.decades(event.energy)
    let size = Self.facetSize(ofDecades: decades, prepared.model, &dice)
    let relativeDB = 10 * (decades - prepared.model.energy.decades)
    let amplitude = prepared.gain * Maths.amplitude(dB: Self.softened(relativeDB, by: prepared.softness))
    if relativeDB < Self.rustleDB {
      addToRustle(size, amplitude: amplitude, delayFrames: delayFrames)
    } else {
      let facet = sheet.snappedFacet(nearest: size, prepared.model, dice: &dice)
      addSnap(facet, amplitude: amplitude, delayFrames: delayFrames)
    }
  }

  private mutating func addSnap(_ facet: Facet, amplitude: Double, delayFrames: Int) {
    snaps.append(
      Snap(
        facet, prepared.model, amplitude: amplitude, softening: prepared.softness, delayFrames: delayFrames,
        dice: &dice, noise: dice.fork(), sampleRate: prepared.sampleRate))
  }

  /// Adds three pulses close together: they are noisier than one.
  private mutating func addToRustle(_ size: Double, amplitude: Double, delayFrames: Int) {
    let index = sheet.index(nearest: size, among: Rustle.facets)
    var delay = delayFrames
    for _ in 0..<3 {
      rustle.push(index, amplitude: dice.chance(0.5) ? amplitude : -amplitude, delayFrames: delay)
      delay += Int(dice.exponential(mean: 0.4e-3) * prepared.sampleRate)
    }
    guard sheet.mayCrease(index, prepared.model, dice: &dice) else { return }
    rustle.tune(
      index, to: sheet[index], pulseSeconds: prepared.model.pulseSeconds.lowerBound,
      sampleRate: prepared.sampleRate)
  }

  /// The logarithm of an energy to base 10.
  private static func decades(_ energy: Double) -> Double { Maths.log2(energy) / Maths.log2(10) }

  /// Draws the size of the facet that snaps: strong snaps tend to come from large facets.
  fileprivate static func facetSize(
    ofDecades decades: Double, _ model: MaterialModel, _ dice: inout Dice
  ) -> Double {
    0.5 + 0.35 * (decades / model.energy.decades - 0.35) + 0.3 * dice.gaussian()
  }

  /// Compresses a level, relative to the strongest snap, above a knee of -30 dB; at a softness of 1 with a
  /// ratio of 5:1.
  fileprivate static func softened(_ relativeDB: Double, by softness: Double) -> Double {
    let knee = -30.0
    return relativeDB < knee ? relativeDB : knee + (relativeDB - knee) * (1 - 0.8 * softness)
  }

  /// Adds the next frames to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    snaps.forEach { $0.render(into: &block) }
    snaps.removeAll { $0.isOver }
    rustle.render(into: &block, sampleRate: prepared.sampleRate)
  }
}

extension Crackle.Prepared {
  /// Draws a sheet, and finds the gain at which its snaps are as loud as those of any other.
  /// - Parameters:
  ///   - snapsPerSecond: the rate at a strain rate of 1.
  ///   - softness: 0 ... 1, the compression of the strongest snaps.
  init(
    _ model: MaterialModel, snapsPerSecond: Double, softness: Double, levelDB: Double, layer: Draws,
    sampleRate: Double
  ) {
    self.model = model
    self.snapsPerSecond = snapsPerSecond
    self.softness = softness
    self.sampleRate = sampleRate
    var dice = Dice(layer.branch("sheet"))
    sheet = Sheet(model, dice: &dice)
    var rustle = Rustle()
    for k in 0..<Rustle.facets {
      rustle.tune(k, to: sheet[k], pulseSeconds: model.pulseSeconds.lowerBound, sampleRate: sampleRate)
    }
    self.rustle = rustle
    let friction = Crackle.frictionGain(model)
    gain =
      Maths.amplitude(dB: levelDB)
      * Crackle.calibratedGain(model, sheet, softness: softness, friction: friction)
    frictionGain = gain * friction
  }
}

extension Crackle {
  /// The gain of the friction noise, relative to the strongest snap.
  ///
  /// It does not depend on the softness of the hand, which attenuates the snaps only.
  fileprivate static func frictionGain(_ model: MaterialModel) -> Double {
    // The energy of the strongest thousandth of the snaps.
    let top = Distributions.boundedPowerLaw(
      0.999, exponent: model.energy.exponent, highest: Maths.pow(10, model.energy.decades))
    let relativeDB = 10 * (decades(top) - model.energy.decades)
    return Maths.amplitude(dB: softened(relativeDB, by: usualSoftness) + model.frictionDB + snapPeakDB)
  }

  /// The amplitude of the strongest snap at which this sheet is as loud as any other.
  ///
  /// Renders snaps of all energies and measures their K-weighted energy, weighted by how often they occur,
  /// plus the friction of a hand at half its speed.
  fileprivate static func calibratedGain(
    _ model: MaterialModel, _ sheet: Sheet, softness: Double, friction: Double
  ) -> Double {
    // The rate is fixed, so that the gain is the same at every sample rate.
    let rate = 48000.0
    let (steps, each) = (10, 4)
    var sheet = sheet
    var dice = Dice(Draws(seed: 0))
    var energy = 0.0
    for step in 0..<steps {
      // The middle of a step of the logarithm of the energy, and the share of snaps within the step.
      let width = model.energy.decades / Double(steps)
      let decades = (Double(step) + 0.5) * width
      let share =
        Maths.pow(10, -(model.energy.exponent - 1) * decades) * width * Maths.log(10)
        * (model.energy.exponent - 1)
        / (1 - Maths.pow(10, -(model.energy.exponent - 1) * model.energy.decades))
      let amplitude = Maths.amplitude(dB: softened(10 * (decades - model.energy.decades), by: softness))
      for _ in 0..<each {
        let size = facetSize(ofDecades: decades, model, &dice)
        let facet = sheet.snappedFacet(nearest: size, model, dice: &dice)
        var snap = Snap(
          facet, model, amplitude: 1, softening: softness, delayFrames: 0, dice: &dice, noise: dice.fork(),
          sampleRate: rate)
        energy +=
          share / Double(each) * amplitude * amplitude
          * KWeighting.energy(seconds: 0.08, sampleRate: rate) { snap.render(into: &$0) }
      }
    }
    // At a typical rate of 80 snaps per second. K-weighting raises noise at these frequencies by 3 dB.
    let usual = 80.0
    return (1e-6 / (energy + 2 * 0.33 * friction * friction / usual)).squareRoot()
  }
}
