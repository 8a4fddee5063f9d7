/// The sound of two surfaces that slide over each other: grains, plus four noise bands.
///
/// Grains are the releases of single hairs and fibres. The noise bands stand for all finer releases; each
/// band follows speed, pressure and position in its own way. The density of the grains follows the distance
/// covered, not the time: S. Conan et al., "An intuitive synthesizer of continuous-interaction sounds",
/// Computer Music J. 38 (2014) 24. Their spacing is a gamma process of shape 2.
package struct Contact: Sendable {
  /// The state that all voices of a layer share.
  package struct Prepared: Sendable {
    let model: ContactModel
    let bands: FourBands
    let levels: SIMD4<Float>
    let gain: Double
    let sampleRate: Double

    /// - Parameters:
    ///   - brightness: a factor on the frequencies of the grains and the noise; the rumble stays.
    ///   - levelDB: the level, from how hard the hand presses.
    package init(
      _ model: ContactModel, brightness: Double = 1, levelDB: Double, draws: Draws, sampleRate: Double
    ) {
      var model = model
      let (low, high) = (model.bandHz.lowerBound * brightness, model.bandHz.upperBound * brightness)
      model.bandHz = low...high
      self.model = model
      let middle = (low * high).squareRoot()
      bands = FourBands(
        edgesHz: (model.rumbleHz, low...middle, 0.7 * middle...high, middle...1.4 * high), draws: draws,
        sampleRate: sampleRate)
      let hiss = Maths.amplitude(dB: model.hissDB)
      levels = SIMD4(
        Float(Maths.amplitude(dB: model.rumbleDB)), Float(0.8 * hiss), Float(0.5 * hiss), Float(0.35 * hiss))
      gain = Maths.amplitude(dB: levelDB + model.calibrationDB)
      self.sampleRate = sampleRate
    }
  }

  private let prepared: Prepared
  private var bands: FourBands
  private var dice: Dice
  // The level changes use their own dice: the number of their steps depends on the sample rate.
  private var unrestDice: Dice
  private var unrest: InlineArray<4, OrnsteinUhlenbeck>
  private var flutter: InlineArray<4, OrnsteinUhlenbeck>
  private var grains = InlineList<32, Grain>(repeating: Grain())
  // The distance to the next grain, in mean spacings.
  private var untilNext: Double
  // The gains of the four bands for the left ear, then for the right.
  private var gains = BandGains<SIMD8<Float>>()
  private var tickFrames = 0

  /// The correlation times of the level changes: slow, from the hand; fast, from bundles of hair that let go.
  private static let wanderSeconds = 0.15
  private static let flutterSeconds = 0.018
  private static let tickSeconds = 0.005
  /// Below this speed the contact is at rest.
  private static let lowestSpeed = 1e-3
  /// How far a position moves a sound to one ear.
  private static let width = 0.35

  /// Creates a contact at rest.
  package init(_ prepared: Prepared, draws: Draws) {
    self.prepared = prepared
    bands = prepared.bands.withDraws(draws.branch("noise"))
    var dice = Dice(draws.branch("grains"))
    untilNext = Self.spacing(prepared.model.regularity, &dice)
    self.dice = dice
    var unrestDice = Dice(draws.branch("unrest"))
    unrest = InlineArray { _ in
      OrnsteinUhlenbeck(
        correlationSeconds: Self.wanderSeconds, tickSeconds: Self.tickSeconds, dice: &unrestDice)
    }
    flutter = InlineArray { _ in
      OrnsteinUhlenbeck(
        correlationSeconds: Self.flutterSeconds, tickSeconds: Self.tickSeconds, dice: &unrestDice)
    }
    self.unrestDice = unrestDice
  }

  var isOver: Bool { grains.isEmpty && gains.isZero }

  /// Draws the distance from one grain to the next, in mean spacings: gamma of shape 2, or nearly 1 for
  /// regular grains.
  private static func spacing(_ regularity: Double, _ dice: inout Dice) -> Double {
    let spacing = 0.5 * (dice.exponential(mean: 1) + dice.exponential(mean: 1))
    return regularity > 0 ? spacing + regularity * (1 - spacing) : spacing
  }

  /// Adds the contact to a block during which the hand moves from one state to the next.
  package mutating func render(
    into block: inout MutableSpan<SIMD2<Float>>, from: HandMotion.State, to: HandMotion.State
  ) {
    addGrains(from, to, frames: block.count)
    renderNoise(to, into: &block)
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
  }

  /// Adds a grain for each spacing that the hand covers in a block.
  private mutating func addGrains(_ from: HandMotion.State, _ to: HandMotion.State, frames: Int) {
    let speed = 0.5 * (from.speed + to.speed)
    guard speed > Self.lowestSpeed else { return }
    let seconds = Double(frames) / prepared.sampleRate
    let distance = speed * seconds * prepared.model.grainsPerSecond
    while untilNext < distance {
      addGrain(at: Int(untilNext / distance * Double(frames)), to, speed: speed)
      untilNext += Self.spacing(prepared.model.regularity, &dice)
    }
    untilNext -= distance
  }

  private mutating func addGrain(at frame: Int, _ state: HandMotion.State, speed: Double) {
    let model = prepared.model
    let isTangle = dice.chance(model.tangles)
    let band = model.bandHz
    // A faster hand excites higher frequencies.
    let lift = 0.25 * (min(1.5, speed) - 0.6)
    let height = max(0, min(1, dice.uniform() * 0.9 + lift)) * (isTangle ? 0.4 : 1)
    let hz = band.lowerBound * Maths.pow(band.upperBound / band.lowerBound, height)
    let seconds = dice.logUniform(model.grainSeconds) * (isTangle ? 3 : 1)
    let level =
      Maths.pow(speed, 1.1) * Maths.pow(state.pressure, 0.7) * dice.gain(spreadDB: model.grainSpreadDB)
      * (isTangle ? 2.2 : 1)
    grains.append(
      Grain(
        frequencyHz: hz, decaySeconds: seconds, amplitude: min(6, level) * prepared.gain,
        balance: Self.width * state.position + 0.3 * dice.clippedGaussian(), delayFrames: frame,
        draws: dice.fork(), sampleRate: prepared.sampleRate))
  }

  /// Adds the noise bands; their gains move to those of `state` by the end of the block.
  private mutating func renderNoise(
    _ state: HandMotion.State, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    tickFrames -= block.count
    while tickFrames <= 0 {
      for k in 0..<4 {
        unrest[k].step(&unrestDice)
        flutter[k].step(&unrestDice)
      }
      tickFrames += Int(Self.tickSeconds * prepared.sampleRate)
    }
    let target = bandGains(state)
    guard var ramp = gains.ramp(to: target, frames: block.count) else { return }
    for i in block.indices {
      let four = bands.next()
      let both = ramp.next() * SIMD8(lowHalf: four, highHalf: four)
      block[i] += SIMD4.laneSums(both.lowHalf, both.highHalf)
    }
  }

  /// The gains of the four bands for the left ear, then for the right.
  private mutating func bandGains(_ state: HandMotion.State) -> SIMD8<Float> {
    guard state.speed > Self.lowestSpeed else { return .zero }
    let speed = Maths.log(state.speed)
    let pressure = Maths.log(state.pressure)
    // Gains are powers of speed and pressure: a slow hand is dark, pressure raises the low bands most.
    let exponents = [(0.7, 1.0), (0.75, 0.8), (1.1, 0.6), (1.6, 0.4)] as InlineArray<4, (Double, Double)>
    var mono = SIMD4<Float>.zero
    for k in 0..<4 {
      let wander =
        0.115 * prepared.model.unrestDB * max(-2.5, min(2.5, 0.6 * unrest[k].value + flutter[k].value))
      mono[k] =
        prepared.levels[k]
        * Float(prepared.gain * Maths.exp(exponents[k].0 * speed + exponents[k].1 * pressure + wander))
    }
    let ears = SIMD2<Float>.balanced(Self.width * state.position)
    return SIMD8(lowHalf: ears.x * mono, highHalf: ears.y * mono)
  }
}
