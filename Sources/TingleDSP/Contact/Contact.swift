/// What is heard where one thing moves over another: the releases of single hairs and fibres, and what is too fine to be told
/// apart, as noise in four bands that follow speed, pressure and the lie of the hand each in its own way.
///
/// The density of the releases goes with the way made, not with time: S. Conan et al., "An intuitive synthesizer of
/// continuous-interaction sounds", Computer Music J. 38 (2014) 24; their spacing is a gamma process of shape 2.
package struct ContactModel: Sendable {
  /// Where the grains lie, in hertz.
  var bandHz: ClosedRange<Double>
  /// Grains in a second at an ordinary stroke's fastest.
  var grainsPerSecond: Double
  /// The time constants of grains.
  var grainSeconds: ClosedRange<Double>
  /// How far grains differ in level.
  var grainSpreadDB: Double
  /// The share of grains that are tangles: stronger, longer, lower.
  var tangles: Double
  /// The noise against a nominal grain.
  var hissDB: Double
  /// What is carried by the thing underneath.
  var rumbleDB: Double
  /// Where the rumble lies.
  var rumbleHz: ClosedRange<Double> = 60...500
  /// What makes it as loud as the others of its kind.
  var levelDB = 0.0
  /// How strongly the noise wanders in each band by itself.
  var unrestDB = 4.0
}

/// A contact on its way.
package struct Contact: Sendable {
  /// What all voices share.
  package struct Prepared: Sendable {
    let law: ContactModel
    let bands: FourBands
    let levels: SIMD4<Float>
    let gain: Double
    let sampleRate: Double

    /// - Parameters:
    ///   - brightness: a factor on all frequencies.
    ///   - levelDB: how hard the hand presses.
    package init(
      _ law: ContactModel, brightness: Double = 1, levelDB: Double, draws: Draws, sampleRate: Double
    ) {
      var law = law
      let (low, high) = (law.bandHz.lowerBound * brightness, law.bandHz.upperBound * brightness)
      law.bandHz = low...high
      self.law = law
      let middle = (low * high).squareRoot()
      bands = FourBands(
        edgesHz: (law.rumbleHz, low...middle, 0.7 * middle...high, middle...1.4 * high), draws: draws,
        sampleRate: sampleRate)
      let hiss = Maths.amplitude(dB: law.hissDB)
      levels = SIMD4(
        Float(Maths.amplitude(dB: law.rumbleDB)), Float(0.8 * hiss), Float(0.5 * hiss), Float(0.35 * hiss))
      gain = Maths.amplitude(dB: levelDB + law.levelDB)
      self.sampleRate = sampleRate
    }
  }

  private let make: Prepared
  private var bands: FourBands
  private var dice: Dice
  // The wandering has dice of its own: how often they are thrown hangs on the sample rate.
  private var restless: Dice
  private var unrest: InlineArray<4, OrnsteinUhlenbeck>
  private var flutter: InlineArray<4, OrnsteinUhlenbeck>
  private var grains = InlineList<32, Grain>(repeating: Grain())
  private var untilNext: Double
  private var weights = SIMD8<Float>.zero
  private var tickFrames = 0

  /// Hands and rows of bristles wander; bundles of hair let go.
  private static let wanderSeconds = 0.15
  private static let flutterSeconds = 0.018
  private static let tickSeconds = 0.005

  package init(_ make: Prepared, draws: Draws) {
    self.make = make
    bands = make.bands.withDraws(draws.branch("noise"))
    var dice = Dice(draws.branch("grains"))
    untilNext = Self.spacing(&dice)
    self.dice = dice
    var restless = Dice(draws.branch("unrest"))
    unrest = InlineArray { _ in
      OrnsteinUhlenbeck(
        correlationSeconds: Self.wanderSeconds, tickSeconds: Self.tickSeconds, dice: &restless)
    }
    flutter = InlineArray { _ in
      OrnsteinUhlenbeck(
        correlationSeconds: Self.flutterSeconds, tickSeconds: Self.tickSeconds, dice: &restless)
    }
    self.restless = restless
  }

  var isOver: Bool { grains.isEmpty && weights == .zero }

  /// In mean spacings: gamma of shape 2.
  private static func spacing(_ dice: inout Dice) -> Double {
    0.5 * (dice.exponential(mean: 1) + dice.exponential(mean: 1))
  }

  /// Adds what is heard while the hand goes from one state to the next.
  package mutating func render(
    into block: inout MutableSpan<SIMD2<Float>>, from: HandMotion.State, to: HandMotion.State
  ) {
    release(from, to, frames: block.count)
    rub(to, into: &block)
    grains.forEach { $0.render(into: &block) }
    grains.removeAll { $0.isOver }
  }

  /// Lets go of the hairs that are passed on the way.
  private mutating func release(_ from: HandMotion.State, _ to: HandMotion.State, frames: Int) {
    let speed = 0.5 * (from.speed + to.speed)
    guard speed > 1e-3 else { return }
    let seconds = Double(frames) / make.sampleRate
    let way = speed * seconds * make.law.grainsPerSecond
    while untilNext < way {
      add(at: Int(untilNext / way * Double(frames)), to, speed: speed)
      untilNext += Self.spacing(&dice)
    }
    untilNext -= way
  }

  private mutating func add(at frame: Int, _ state: HandMotion.State, speed: Double) {
    let law = make.law
    let isTangle = dice.chance(law.tangles)
    let band = law.bandHz
    // Faster is higher.
    let lift = 0.25 * (min(1.5, speed) - 0.6)
    let place = max(0, min(1, dice.uniform() * 0.9 + lift)) * (isTangle ? 0.4 : 1)
    let hz = band.lowerBound * Maths.pow(band.upperBound / band.lowerBound, place)
    let seconds = dice.logUniform(law.grainSeconds) * (isTangle ? 3 : 1)
    let level =
      Maths.pow(speed, 1.1) * Maths.pow(state.pressure, 0.7) * dice.gain(spreadDB: law.grainSpreadDB)
      * (isTangle ? 2.2 : 1)
    grains.append(
      Grain(
        frequencyHz: hz, decaySeconds: seconds, amplitude: min(6, level) * make.gain,
        balance: 0.35 * state.place + 0.3 * dice.clippedGaussian(), delayFrames: frame,
        draws: dice.fork(), sampleRate: make.sampleRate))
  }

  /// What is too fine to be told apart.
  private mutating func rub(_ state: HandMotion.State, into block: inout MutableSpan<SIMD2<Float>>) {
    tickFrames -= block.count
    while tickFrames <= 0 {
      for k in 0..<4 {
        unrest[k].step(&restless)
        flutter[k].step(&restless)
      }
      tickFrames += Int(Self.tickSeconds * make.sampleRate)
    }
    let target = weights(state)
    guard target != .zero || weights != .zero else { return }
    var now = weights
    let step = (target - now) / Float(block.count)
    for i in block.indices {
      let bands = self.bands.next()
      let both = now * SIMD8(lowHalf: bands, highHalf: bands)
      let two =
        SIMD4(lowHalf: both.lowHalf.lowHalf, highHalf: both.highHalf.lowHalf)
        + SIMD4(lowHalf: both.lowHalf.highHalf, highHalf: both.highHalf.highHalf)
      block[i] += two.evenHalf + two.oddHalf
      now += step
    }
    weights = target
  }

  /// For the left ear and for the right.
  private mutating func weights(_ state: HandMotion.State) -> SIMD8<Float> {
    guard state.speed > 1e-3 else { return .zero }
    let v = state.speed
    // Slow is dark; pressure is heard most in what is low.
    let log = Maths.log(v)
    let force = Maths.log(state.pressure)
    let powers = [(0.9, 1.0), (1.0, 0.8), (1.5, 0.6), (2.1, 0.4)] as InlineArray<4, (Double, Double)>
    var mono = SIMD4<Float>.zero
    for k in 0..<4 {
      let wander =
        0.115 * make.law.unrestDB * max(-2.5, min(2.5, 0.6 * unrest[k].value + flutter[k].value))
      mono[k] =
        make.levels[k] * Float(make.gain * Maths.exp(powers[k].0 * log + powers[k].1 * force + wander))
    }
    let ears = SIMD2<Float>.balanced(0.35 * state.place)
    return SIMD8(lowHalf: ears.x * mono, highHalf: ears.y * mono)
  }
}
