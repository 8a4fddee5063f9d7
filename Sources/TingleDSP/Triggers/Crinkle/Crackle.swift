/// The snapping of one sheet: which facets snap when, and how that sounds.
struct Crackle: Sendable {
  /// What is the same for every voice of a layer: the sheet and how loud it is.
  struct Prepared: Sendable {
    let law: MaterialModel
    fileprivate let sheet: Sheet
    fileprivate let rustle: Rustle
    fileprivate let snapsPerSecond: Double
    fileprivate let softness: Double
    /// The amplitude of the hardest snap there can be.
    let gain: Double
    /// The level of the friction that goes with a sliding speed of 1.
    let frictionGain: Double
    let sampleRate: Double
  }

  private let make: Prepared
  private var process: SnapProcess
  private var sheet: Sheet
  private var rustle: Rustle
  private var snaps = InlineList<48, Snap>(repeating: Snap())
  private var dice: Dice
  private var tick = 0

  /// Snaps this far under the hardest are left to the rustle.
  private static let rustleDB = -30.0
  /// What is left of a snap's peak after its pulse has taken the edge off the modes.
  private static let snapPeakDB = -8.0

  init(_ make: Prepared, draws: Draws) {
    self.make = make
    process = SnapProcess(make.law, snapsPerSecond: make.snapsPerSecond, draws: draws.branch("snaps"))
    sheet = make.sheet
    rustle = make.rustle
    dice = Dice(draws.branch("facets"))
  }

  /// True when nothing sounds any more, whatever might still have been set off.
  var isOver: Bool { snaps.isEmpty && rustle.isOver }

  /// Lets the sheet snap as it is strained until `end`, in seconds since the voice began.
  /// - Parameters:
  ///   - vigour: a factor on the strain.
  ///   - frame: the next block's first frame.
  mutating func advance(to end: Double, _ motion: inout SheetMotion, vigour: Double, frame: Int) {
    while Double(tick) * SnapProcess.tickSeconds < end {
      let now = Double(tick) * SnapProcess.tickSeconds
      process.strain(vigour * motion.rates(at: now).strain, at: now)
      while let event = process.next(before: now + SnapProcess.tickSeconds) {
        sound(event, delayFrames: max(0, Int(event.seconds * make.sampleRate) - frame))
      }
      tick += 1
    }
  }

  private mutating func sound(_ event: SnapProcess.Event, delayFrames: Int) {
    let decades = Self.decades(event.energy)
    let size = Self.size(ofDecades: decades, make.law, &dice)
    let underDB = 10 * (decades - make.law.energy.decades)
    let amplitude = make.gain * Maths.amplitude(dB: Self.softened(underDB, by: make.softness))
    if underDB < Self.rustleDB {
      rustle(size, amplitude: amplitude, delayFrames: delayFrames)
    } else {
      let facet = sheet.snapped(nearest: size, make.law, dice: &dice)
      snaps.append(
        Snap(
          facet, make.law, amplitude: amplitude, softening: make.softness, delayFrames: delayFrames,
          dice: &dice, noise: dice.fork(), sampleRate: make.sampleRate))
    }
  }

  /// Two or three pushes close together: noisier than one.
  private mutating func rustle(_ size: Double, amplitude: Double, delayFrames: Int) {
    let index = sheet.index(nearest: size, among: Rustle.facets)
    var delay = delayFrames
    for _ in 0..<3 {
      rustle.push(index, amplitude: dice.chance(0.5) ? amplitude : -amplitude, delayFrames: delay)
      delay += Int(dice.exponential(mean: 0.4e-3) * make.sampleRate)
    }
    guard dice.chance(0.08) else { return }
    sheet.crease(index, make.law, dice: &dice)
    rustle.tune(
      index, to: sheet[index], pulseSeconds: make.law.pulseSeconds.lowerBound, sampleRate: make.sampleRate)
  }

  /// The logarithm of an energy to base 10.
  fileprivate static func decades(_ energy: Double) -> Double { Maths.log2(energy) / Maths.log2(10) }

  /// The size of the facet that snaps: harder snaps are larger ones', loosely.
  fileprivate static func size(ofDecades decades: Double, _ law: MaterialModel, _ dice: inout Dice) -> Double
  {
    0.5 + 0.35 * (decades / law.energy.decades - 0.35) + 0.3 * dice.gaussian()
  }

  /// A level under the hardest snap's, as a gentle hand leaves it: what would stand out is bent down, nothing is cut.
  private static func softened(_ underDB: Double, by softness: Double) -> Double {
    let knee = -30.0
    return underDB < knee ? underDB : knee + (underDB - knee) * (1 - 0.8 * softness)
  }

  /// Adds the next frames.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    snaps.forEach { $0.render(into: &block) }
    snaps.removeAll { $0.isOver }
    rustle.render(into: &block, sampleRate: make.sampleRate)
  }
}

extension Crackle.Prepared {
  /// Draws a sheet, and finds the gain at which its snaps are as loud as any other's.
  init(
    _ law: MaterialModel, snapsPerSecond: Double, softness: Double, levelDB: Double, layer: Draws,
    sampleRate: Double
  ) {
    self.law = law
    self.snapsPerSecond = snapsPerSecond
    self.softness = softness
    self.sampleRate = sampleRate
    var dice = Dice(layer.branch("sheet"))
    sheet = Sheet(law, dice: &dice)
    var rustle = Rustle()
    for k in 0..<Rustle.facets {
      rustle.tune(k, to: sheet[k], pulseSeconds: law.pulseSeconds.lowerBound, sampleRate: sampleRate)
    }
    self.rustle = rustle
    let top = Distributions.boundedPowerLaw(
      0.999, exponent: law.energy.exponent, highest: Maths.pow(10, law.energy.decades))
    let underDB = 10 * (Crackle.decades(top) - law.energy.decades)
    let friction = Maths.amplitude(
      dB: Crackle.softened(underDB, by: softness) + law.frictionDB + Crackle.snapPeakDB)
    gain =
      Maths.amplitude(dB: levelDB) * Crackle.evenGain(law, sheet, softness: softness, friction: friction)
    frictionGain = gain * friction
  }
}

extension Crackle {
  /// The amplitude of the hardest snap at which this sheet is as loud as any other: snaps of all strengths are struck,
  /// measured, and weighted by how often they come, and so is the friction of a hand at half its speed.
  fileprivate static func evenGain(
    _ law: MaterialModel, _ sheet: Sheet, softness: Double, friction: Double
  ) -> Double {
    // At one rate for all, so that the level is the same at every rate.
    let rate = 48000.0
    let (steps, each) = (10, 4)
    var sheet = sheet
    var dice = Dice(Draws(seed: 0))
    var energy = 0.0
    for step in 0..<steps {
      // The middle of a step of the energies' logarithm, and the share of snaps within it.
      let width = law.energy.decades / Double(steps)
      let decades = (Double(step) + 0.5) * width
      let share =
        Maths.pow(10, -(law.energy.exponent - 1) * decades) * width * Maths.log(10)
        * (law.energy.exponent - 1) / (1 - Maths.pow(10, -(law.energy.exponent - 1) * law.energy.decades))
      let amplitude = Maths.amplitude(dB: softened(10 * (decades - law.energy.decades), by: softness))
      for _ in 0..<each {
        let size = size(ofDecades: decades, law, &dice)
        let facet = sheet.snapped(nearest: size, law, dice: &dice)
        var snap = Snap(
          facet, law, amplitude: 1, softening: softness, delayFrames: 0, dice: &dice, noise: dice.fork(),
          sampleRate: rate)
        energy +=
          share / Double(each) * amplitude * amplitude
          * KWeighting.energy(seconds: 0.08, sampleRate: rate) { snap.render(into: &$0) }
      }
    }
    // At a usual pace of 80 snaps a second; the ear hears noise up there by 3 dB more.
    let usual = 80.0
    return (1e-6 / (energy + 2 * 0.33 * friction * friction / usual)).squareRoot()
  }
}
