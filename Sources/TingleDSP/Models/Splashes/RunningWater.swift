/// Running water: lumps of water hit a surface, as a `SplashField`, and take bubbles down with them.
///
/// The lumps are a Poisson process; each is followed by a random number of smaller ones, so that they come in
/// groups. Bubbles follow the lumps, or start at any time.
struct RunningWater: Sendable {
  /// The constants of a jet or a stream.
  struct Model: Sendable {
    /// The number of lumps per second.
    var lumpsPerSecond: Double
    /// The lumps that follow each: their mean number, their mean delay, and their amplitude.
    var followers: (count: Double, delaySeconds: Double, amplitude: Double)
    /// The standard deviation of the level of the lumps.
    var spreadDB: Double
    /// The standard deviation of the tilt of a splash, in decibels per octave.
    var tiltSpread: Double
    var splashes: SplashField.Model
    var bubbles: BubbleSwarm.Model
  }

  /// The state that all voices of a layer share.
  struct Prepared: Sendable {
    let model: Model
    let splashes: SplashField.Prepared
    let bubbles: BubbleSwarm
    let bubbleScale: Double
    /// The powers of lumps at evenly spaced quantiles.
    let powers: InlineArray<256, Float>

    /// - Parameters:
    ///   - bubbleScale: a factor on the radii of the bubbles.
    ///   - cutDB: the attenuation of the splashes at a frequency in hertz.
    init(
      _ model: Model, bubbleScale: Double, draws: Draws, sampleRate: Double,
      cutDB: (Double) -> Double = { _ in 0 }
    ) {
      self.model = model
      self.bubbleScale = bubbleScale
      bubbles = BubbleSwarm(model.bubbles)
      let powers = InlineArray<256, Float> { step in
        let deviation = Distributions.normalQuantile((Double(step) + 0.5) / 256)
        return Float(Maths.amplitude(dB: 2 * model.spreadDB * deviation))
      }
      self.powers = powers
      var meanPower = 0.0
      for step in 0..<256 { meanPower += Double(powers[step]) / 256 }
      let followers = model.followers.count * model.followers.amplitude * model.followers.amplitude
      let power = model.lumpsPerSecond * (1 + followers) * meanPower
      splashes = SplashField.Prepared(
        model.splashes, draws: draws, sampleRate: sampleRate, cutDB: cutDB
      ) { octaves in
        let sigma = model.tiltSpread * octaves * Maths.log(10) / 10
        return power * Maths.exp(0.5 * sigma * sigma)
      }
    }
  }

  private var splashes: SplashField
  private let model: Model
  private let swarm: BubbleSwarm
  private let bubbleScale: Double
  private let powers: InlineArray<256, Float>
  private let sampleRate: Double
  private let key: UInt64
  private var index: UInt64 = 0
  private var dice: Dice
  // The time to the next event of each process, in mean intervals.
  private var untilLump, untilFollower, untilBubble: Double
  // The number of followers, and of hosted bubbles, that are still to come.
  private var followers, hosted: Double

  /// The mean delay of a bubble after its lump.
  private static let bubbleDelaySeconds = 0.012

  init(_ prepared: borrowing Prepared, draws: Draws) {
    model = prepared.model
    splashes = SplashField(prepared.splashes, draws: draws.branch("noise"))
    (swarm, bubbleScale) = (prepared.bubbles, prepared.bubbleScale)
    sampleRate = prepared.splashes.sampleRate
    powers = prepared.powers
    key = draws.branch("lumps").key
    dice = Dice(draws.branch("times"))
    (untilLump, untilFollower, untilBubble) = (0, 0, 0)
    // The means.
    followers = model.lumpsPerSecond * model.followers.count * model.followers.delaySeconds
    hosted = model.bubbles.perSecond * model.bubbles.hosted * Self.bubbleDelaySeconds
    untilLump = dice.exponential(mean: 1)
    untilFollower = dice.exponential(mean: 1)
    untilBubble = dice.exponential(mean: 1)
  }

  /// Adds the splashes to a block, and the bubbles to `bubbles`, which is rendered next.
  /// - Parameters:
  ///   - level: the level at the end of the block.
  mutating func render(
    into block: inout MutableSpan<SIMD2<Float>>, bubbles: inout Bubbles<3>, level: Double
  ) {
    let model = model
    let followerSeconds = model.followers.delaySeconds
    let followerPower = Float(model.followers.amplitude * model.followers.amplitude)
    let (key, tiltSpread) = (key, Float(model.tiltSpread))
    let powers = powers
    func splash(_ field: inout SplashField, _ power: Float, _ index: UInt64) {
      let draw = SplashDraw(Squares.bits64(counter: index, key: key))
      field.push(
        power: power * powers[draw.indices.0], shape: draw.shape, tiltDBPerOctave: tiltSpread * draw.normal,
        ears: draw.ears(width: 0.6))
    }
    // Bubbles per lump or follower, so that the hosted share comes out.
    let hostedPerLump =
      model.bubbles.perSecond * model.bubbles.hosted
      / (model.lumpsPerSecond * (1 + model.followers.count))
    let lonelyPerSecond = model.bubbles.perSecond * (1 - model.bubbles.hosted)
    var (dice, index, followers, hosted) = (dice, index, followers, hosted)
    var (untilLump, untilFollower, untilBubble) = (untilLump, untilFollower, untilBubble)
    var frame = 0
    let (swarm, bubbleScale, secondsPerFrame) = (swarm, bubbleScale, 1 / sampleRate)
    splashes.render(into: &block, level: Float(level)) { field, frames in
      let seconds = Double(frames) * secondsPerFrame
      untilLump -= model.lumpsPerSecond * seconds
      while untilLump < 0 {
        splash(&field, 1, index)
        index &+= 1
        untilLump += dice.exponential(mean: 1)
        followers += model.followers.count
        hosted += hostedPerLump
      }
      let due = followers * seconds / (followerSeconds + seconds)
      followers -= due
      untilFollower -= due
      while untilFollower < 0 {
        splash(&field, followerPower, index)
        index &+= 1
        untilFollower += dice.exponential(mean: 1)
        hosted += hostedPerLump
      }
      let hostedDue = hosted * seconds / (Self.bubbleDelaySeconds + seconds)
      hosted -= hostedDue
      untilBubble -= hostedDue + lonelyPerSecond * seconds
      while untilBubble < 0 {
        swarm.add(to: &bubbles, gain: level, scale: bubbleScale, delayFrames: frame, dice: &dice)
        untilBubble += dice.exponential(mean: 1)
      }
      frame += frames
    }
    (self.dice, self.index, self.followers, self.hosted) = (dice, index, followers, hosted)
    (self.untilLump, self.untilFollower, self.untilBubble) = (untilLump, untilFollower, untilBubble)
  }
}
