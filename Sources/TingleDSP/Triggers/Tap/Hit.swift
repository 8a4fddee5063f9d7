/// One contact of a tool with the object: hit = v · (contact pulse ∗ (object + tool) + burst + thud + click).
struct Hit: Sendable {
  private var modes = ModalBank<4>()
  private var framesUntilStart = 0
  private var contactFramesLeft = 0
  // A pointer that makes half a turn while the contact lasts: it opens the modes as the force's integral does, and
  // the click, the force's change, is one period of a sine.
  private var pulse = SIMD2<Float>(1, 0)
  private var pulseStep = SIMD2<Float>(1, 0)
  private var click: Float = 0
  private var burst = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var noise = WhiteNoise(Draws(seed: 0))
  private var burstLow = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var burstHigh = Biquad<Float>(.lowPass(cutoffHz: 1, q: 0.6, sampleRate: 4))
  private var burstFramesLeft = 0

  /// A hit that is over.
  init() {}

  /// The amplitude under which nothing is worth computing: -90 dB under a nominal hit.
  static let floor = 3e-5

  /// Strikes.
  /// - Parameters:
  ///   - force: v, 1 for a nominal tap; harder is shorter and so brighter.
  ///   - position: the contact point on the object, 0 ... 1.
  ///   - delayFrames: frames from the next block's first until the contact.
  init(
    _ shared: borrowing TapVoice.Shared, force: Double, position: Double, delayFrames: Int, draws: Draws
  ) {
    var dice = Dice(draws.branch("chance"))
    let rate = shared.sampleRate
    framesUntilStart = delayFrames
    // Hertz: a harder blow is a shorter one.
    let contact =
      shared.tool.contactSeconds * Maths.pow(max(force, 1e-3), -0.2) * dice.logNormal(sigma: 0.12)
    contactFramesLeft = Int(contact * rate) + 1
    let step = Maths.sinCos(turns: 0.5 / (contact * rate))
    pulseStep = SIMD2(Float(step.cos), Float(step.sin))

    ringObject(shared, force: force, position: position, contact: contact, dice: &dice)
    click = Float(2 * force * shared.gain * Maths.amplitude(dB: shared.tool.clickDB))
    let hiss = shared.surface.burst
    // White noise spreads over a band that grows with the sample rate; what is left of it after filtering must not.
    let density = (rate / 48000).squareRoot()
    burst = Decay(
      level: force * shared.gain * density * Maths.amplitude(dB: hiss.levelDB + shared.tool.burst.levelDB),
      timeConstantSeconds: 2.5e-3, sampleRate: rate)
    burstLow = OnePole(cutoffHz: 300, sampleRate: rate)
    burstHigh = Biquad(
      .lowPass(cutoffHz: hiss.upperHz * shared.tool.burst.brightness, q: 0.6, sampleRate: rate))
    burstFramesLeft = Int(2.5e-3 * rate * Maths.log(max(1, force / Self.floor)))
    noise = WhiteNoise(draws.branch("noise"))
  }

  private mutating func ringObject(
    _ shared: borrowing TapVoice.Shared, force: Double, position: Double, contact: Double, dice: inout Dice
  ) {
    let rate = shared.sampleRate
    func ring(_ index: Int, _ hz: Double, _ dampingPerSecond: Double, _ gain: Double) {
      modes.set(
        index, frequencyHz: hz, dampingPerSecond: dampingPerSecond,
        gain: force * shared.gain * gain * Self.pulseSpectrum(hz * contact), floor: Self.floor,
        sampleRate: rate)
    }
    // The body's knock starts sharp and settles: a second, higher mode that dies within 10 ms.
    let thud = shared.surface.thud
    let thudHz = thud.hz * dice.logNormal(sigma: 0.03)
    let thudGain = Maths.amplitude(dB: thud.levelDB + shared.tool.thudDB)
    ring(0, thudHz, 6.91 / thud.t60Seconds, 0.7 * thudGain)
    ring(1, 1.3 * thudHz, 250, 0.5 * thudGain)

    let x = min(0.98, max(0.02, position))
    for k in 0..<shared.object.count {
      let mode = shared.object.modes[k]
      let weight = 0.1 + 0.9 * abs(Maths.sinCos(turns: mode.halfWaves * x / 2).sin)
      ring(
        2 + k, mode.frequencyHz, mode.dampingPerSecond * dice.logNormal(sigma: 0.08),
        mode.gain * weight * dice.gain(spreadDB: 2))
    }

    let tool = shared.tool.ring
    for k in 0..<4 {
      ring(
        2 + TapObject.mostModes + k, dice.logUniform(tool.rangeHz), 6.91 / tool.t60Seconds,
        Maths.amplitude(dB: tool.levelDB) * dice.gain(spreadDB: 3))
    }
  }

  /// The spectrum of a half sine of unit area, at a frequency given in cycles per contact.
  static func pulseSpectrum(_ cycles: Double) -> Double {
    let offset = 1 - 4 * cycles * cycles
    guard abs(offset) > 1e-4 else { return .pi / 4 }
    return abs(Maths.sinCos(turns: cycles / 2).cos / offset)
  }

  var isOver: Bool { modes.isSilent && burstFramesLeft <= 0 && contactFramesLeft <= 0 }

  /// Adds the hit to a block.
  mutating func render(into block: inout MutableSpan<Float>) {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return
    }
    let first = framesUntilStart
    let taken = block.count - first
    framesUntilStart = 0

    let contactEnd = first + min(taken, contactFramesLeft)
    for i in first..<contactEnd {
      block[i] += modes.next() * (0.5 - 0.5 * pulse.x) + click * pulse.x * pulse.y
      pulse = SIMD2(
        pulse.x * pulseStep.x - pulse.y * pulseStep.y, pulse.x * pulseStep.y + pulse.y * pulseStep.x)
    }
    modes.elapse(frames: contactEnd - first)
    modes.add(to: &block, in: contactEnd..<block.count)

    let burstEnd = first + min(taken, burstFramesLeft)
    for i in first..<burstEnd {
      block[i] += burst.next() * burstLow.highPass(burstHigh.process(noise.next()))
    }
    contactFramesLeft -= contactEnd - first
    burstFramesLeft -= burstEnd - first
  }
}
