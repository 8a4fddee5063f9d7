/// Many bubbles of random sizes, as falling or stirred water entrains them: when they start, and how.
struct BubbleSwarm: Sendable {
  /// The constants of a swarm.
  struct Model: Sendable {
    /// The number of bubbles per second.
    var perSecond: Double
    /// The share of bubbles that follow a splash; the others come at any time.
    var hosted = 0.0
    /// The range of the radii, and the radius above which bubbles become rare.
    var radiusMetres: ClosedRange<Double>
    var kneeMetres = 1e-3
    /// The exponent of the amplitude over the radius.
    var sizeExponent: Double
    /// The standard deviation of the level.
    var spreadDB: Double
    /// A factor on the damping.
    var damping: Double
    /// The share of bubbles whose pitch rises.
    var rising: Double
    /// The level of the swarm relative to the splashes.
    var levelDB: Double
  }

  let model: Model
  private let sizes: BubbleSizes
  private let gain: Double

  init(_ model: Model) {
    self.model = model
    sizes = BubbleSizes(radiusMetres: model.radiusMetres, kneeMetres: model.kneeMetres)
    // A bubble of amplitude a and damping d has the energy a²/4d.
    var energy = 0.0
    for k in 0..<64 {
      let radius = sizes.radiusMetres(quantile: (Double(k) + 0.5) / 64)
      let damping = model.damping * Bubbles<1>.dampingPerSecond(radiusMetres: radius)
      energy += Maths.pow(radius / 1e-3, 2 * model.sizeExponent) / (4 * damping) / 64
    }
    let sigma = model.spreadDB * Maths.log(10) / 20
    energy *= Maths.exp(2 * sigma * sigma)
    gain = Maths.amplitude(dB: model.levelDB) / (energy * model.perSecond).squareRoot()
  }

  /// Adds the bubbles that start within a block, as a Poisson process.
  /// - Parameters:
  ///   - until: the time to the next bubble, in mean intervals.
  ///   - activity: a factor on the rate; 0 for no bubbles.
  func addBlock(
    to bubbles: inout Bubbles<3>, until: inout Double, activity: Double, gain: Double, scale: Double,
    frames: Int, sampleRate: Double, dice: inout Dice
  ) {
    let intervals = model.perSecond * activity * Double(frames) / sampleRate
    guard intervals > 0 else { return }
    while until < intervals {
      add(
        to: &bubbles, gain: gain, scale: scale, delayFrames: Int(until / intervals * Double(frames)),
        dice: &dice)
      until += dice.exponential(mean: 1)
    }
    until -= intervals
  }

  /// Adds one bubble.
  /// - Parameters:
  ///   - scale: a factor on the radius.
  func add(
    to bubbles: inout Bubbles<3>, gain factor: Double, scale: Double, delayFrames: Int, dice: inout Dice
  ) {
    let radius = sizes.radiusMetres(quantile: dice.uniform())
    let rises = dice.chance(model.rising)
    let amplitude = gain * Maths.pow(radius / 1e-3, model.sizeExponent) * dice.gain(spreadDB: model.spreadDB)
    bubbles.add(
      radiusMetres: radius * scale, amplitude: factor * amplitude,
      rise: rises ? dice.uniform(0.02...0.15) : 0, balance: 0.3 * dice.clippedGaussian(),
      damping: model.damping, delayFrames: delayFrames)
  }
}
