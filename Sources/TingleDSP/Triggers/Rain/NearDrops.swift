/// Drops that fall close to the listener: each has a splash, a ring of the surface, or bubbles of its own.
struct NearDrops: Sendable {
  private var strikes = InlineList<16, Strike>(repeating: Strike())
  private var splashes = SplashBank()
  private var bubbles: Bubbles<1>
  private let prepared: Prepared
  private let dropsPerSecond: Double
  private var dice: Dice
  // The time to the next drop, in mean intervals.
  private var untilDrop: Double

  /// - Parameter pace: a factor on the rate of the drops.
  init(_ prepared: borrowing Prepared, pace: Double, draws: Draws) {
    self.prepared = copy prepared
    dropsPerSecond = prepared.dropsPerSecond * pace
    bubbles = Bubbles(sampleRate: prepared.sampleRate)
    dice = Dice(draws)
    untilDrop = 0
    untilDrop = dice.exponential(mean: 1)
  }

  var isOver: Bool { strikes.isEmpty && splashes.isOver && bubbles.isOver }

  /// Adds the drops that fall within the next seconds. The quiet half has no voices: it is pushed into the
  /// field.
  /// - Parameters:
  ///   - gain: a factor on the amplitudes.
  ///   - rate: a factor on the rate of the drops.
  mutating func advance(seconds: Double, gain: Double, rate: Double, field: inout RainField) {
    let perSecond = dropsPerSecond * rate
    while untilDrop < perSecond * seconds {
      drop(delaySeconds: untilDrop / perSecond, gain: gain, field: &field)
      untilDrop += dice.exponential(mean: 1)
    }
    untilDrop -= perSecond * seconds
  }

  /// Adds what sounds to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    strikes.forEach { $0.render(into: &block) }
    strikes.removeAll { $0.isOver }
    splashes.render(into: &block)
    bubbles.render(into: &block)
  }

  private mutating func drop(delaySeconds: Double, gain: Double, field: inout RainField) {
    let diameter = prepared.sizes.draw(&dice)
    // The square of the distance, relative to the height of the ear.
    let square = 1 + prepared.model.reach * prepared.model.reach * dice.uniform()
    let size =
      RaindropSizes.amplitude(diameterMillimetres: diameter, sizeExponent: prepared.sizeExponent)
      / square.squareRoot()
    let balance = dice.uniform(-0.8...0.8)
    guard size > prepared.quietSize else {
      return field.push(power: prepared.pushPower * size * size, balance: balance, dice: &dice)
    }
    // The largest drops, right below the ear, are softened: they would startle.
    let excess = size / prepared.largestSize
    let softened = size / (1 + excess * excess).squareRoot()
    add(
      diameterMillimetres: diameter, amplitude: prepared.gain * gain * softened, balance: balance,
      delaySeconds: delaySeconds)
  }

  /// Adds a drop that falls from an edge.
  /// - Parameter strength: the amplitude relative to the RMS of all near drops.
  mutating func drip(strength: Double, balance: Double, gain: Double, delaySeconds: Double) {
    add(
      diameterMillimetres: 4.5, amplitude: prepared.gain * gain * prepared.rmsSize * strength,
      balance: balance, delaySeconds: delaySeconds)
  }

  private mutating func add(
    diameterMillimetres diameter: Double, amplitude: Double, balance: Double, delaySeconds: Double
  ) {
    // The time in which the drop collapses.
    let seconds = 1e-3 * diameter / RaindropSizes.speed(diameterMillimetres: diameter)
    addSplash(amplitude, seconds, delaySeconds, balance)
    if prepared.model.plate != nil { addPlate(amplitude, seconds, delaySeconds, balance) }
    if let tone = prepared.model.tone { addTone(tone, amplitude, delaySeconds, balance) }
    if prepared.model.bubbleLevel > 0 { addBubbles(diameter, amplitude, delaySeconds, balance) }
  }

  private func frames(_ seconds: Double) -> Int { Int(seconds * prepared.sampleRate) }

  /// Adds the burst of noise of the impact, and of droplets that are thrown up and fall back.
  private mutating func addSplash(
    _ amplitude: Double, _ seconds: Double, _ delay: Double, _ balance: Double
  ) {
    let model = prepared.model.splash
    let low = model.low.cycles / seconds + model.low.hz
    splashes.add(
      Splash(
        bandHz: low...(low + model.width.cycles / seconds + model.width.hz),
        decaySeconds: dice.uniform(model.decaySeconds), onsetSeconds: 0.3 * seconds,
        amplitude: model.level * amplitude * prepared.cut(hz: 2 * low), balance: balance,
        draws: dice.fork(), sampleRate: prepared.sampleRate), delayFrames: frames(delay))
    guard dice.chance(model.sprayProbability) else { return }
    for _ in 0..<dice.whole(1...3) {
      splashes.add(
        Splash(
          bandHz: 1500...9000, decaySeconds: 1.2e-3, onsetSeconds: 0.4e-3,
          amplitude: model.level * amplitude * dice.uniform(0.05...0.3) * prepared.cut(hz: 3000),
          balance: max(-0.9, min(0.9, balance + 0.1 * dice.clippedGaussian())), draws: dice.fork(),
          sampleRate: prepared.sampleRate), delayFrames: frames(delay + dice.uniform(0.01...0.12)))
    }
  }

  private mutating func addPlate(
    _ amplitude: Double, _ seconds: Double, _ delay: Double, _ balance: Double
  ) {
    let cutDB = prepared.trebleCutDB
    strikes.append(
      prepared.plate.strike(
        amplitude: prepared.model.ringLevel * amplitude, contactSeconds: 0.8 * seconds,
        damping: dice.uniform(0.8...1.6), balance: balance, delayFrames: frames(delay), dice: &dice,
        sampleRate: prepared.sampleRate, gain: { NearDrops.Prepared.cut(cutDB, hz: $0) }))
  }

  /// Adds the damped sine of something small that gives way: a leaf.
  private mutating func addTone(
    _ tone: (rangeHz: ClosedRange<Double>, t60Seconds: Double), _ amplitude: Double, _ delay: Double,
    _ balance: Double
  ) {
    var strike = Strike(delayFrames: frames(delay), onsetFrames: 1.2e-3 * prepared.sampleRate)
    let hz = dice.logUniform(tone.rangeHz)
    strike.modes.set(
      0, frequencyHz: hz,
      dampingPerSecond: Mode.dampingPerSecond(t60Seconds: tone.t60Seconds * dice.uniform(0.6...1.6)),
      gain: prepared.model.ringLevel * amplitude * prepared.cut(hz: hz), phaseTurns: -0.25, balance: balance,
      floor: 1e-3 * amplitude, sampleRate: prepared.sampleRate)
    strikes.append(strike)
  }

  /// Adds the bubbles that a drop leaves in water: H. Medwin et al., "The anatomy of underwater rain noise",
  /// JASA 92 (1992) 1613.
  private mutating func addBubbles(
    _ diameter: Double, _ amplitude: Double, _ delay: Double, _ balance: Double
  ) {
    let isSmall = diameter < 1.15
    // Small drops entrain one tiny bubble regularly; large ones several, with jet and spray.
    let one = dice.chance(isSmall ? 0.6 : 0.25) ? 1 : 0
    let count = diameter > 2 ? dice.poisson(mean: 1.6) : one
    for _ in 0..<min(6, count) {
      let radius =
        isSmall ? dice.uniform(0.22e-3...0.4e-3) : 0.42e-3 * Maths.pow(6, Maths.pow(dice.uniform(), 1.4))
      let loudness = prepared.model.bubbleLevel * dice.uniform(0.3...1) * (radius / 1e-3).squareRoot()
      bubbles.add(
        radiusMetres: radius,
        amplitude: loudness * amplitude * prepared.cut(hz: Bubbles<1>.frequencyHz(radiusMetres: radius)),
        rise: dice.uniform(0.02...0.12), balance: balance, damping: 1.5,
        delayFrames: frames(delay + dice.uniform(0.006...0.06)))
    }
  }
}
