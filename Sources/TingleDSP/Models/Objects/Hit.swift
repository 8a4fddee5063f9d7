/// One strike of a tool on an object.
///
/// hit = v · (contact pulse ∗ (object modes + tool modes) + noise burst + thud + click). The modes fade in
/// with the integral of the half-sine contact force; the click is the derivative of the force.
struct Hit: Sendable {
  // The modes: thud (2), finger (1), object (24), tool (4).
  private var modes = ModalBank<4>()
  private var delay = StartDelay()
  private var contactFramesLeft = 0
  // A phasor that makes half a turn during the contact: (1 - cos)/2 opens the modes, sin · cos is the click.
  private var phasor = SIMD2<Float>(1, 0)
  private var phasorStep = SIMD2<Float>(1, 0)
  private var click: Float = 0
  private var ears = SIMD2<Float>(1, 1)
  private var balance = 0.0
  // The envelope of the burst is the difference of two decays.
  private var burst = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var burstRise = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var noise = WhiteNoise(Draws(seed: 0))
  private var burstLow = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var burstHigh = Biquad<Float>(.lowPass(cutoffHz: 1, q: 0.6, sampleRate: 4))
  private var burstFramesLeft = 0

  /// Creates a finished hit.
  init() {}

  /// A mode ends at this amplitude: -80 dB below a nominal hit.
  static let floor = 1e-4
  private static let burstDecaySeconds = 2.5e-3
  private static let burstLowHz = 300.0
  private static let longestContactSeconds = 0.015

  /// - Parameters:
  ///   - gain: the amplitude of a nominal hit.
  ///   - delayFrames: the delay of the contact, counted from the first frame of the next block.
  init(
    _ strike: StrikeParameters, on object: borrowing StruckObject, with tool: ToolModel, gain: Double,
    delayFrames: Int, draws: Draws, sampleRate rate: Double
  ) {
    var dice = Dice(draws.branch("chance"))
    delay = StartDelay(frames: delayFrames)
    let force = max(strike.force, 1e-3)
    let hardness = Maths.pow(force, tool.hardening)
    let contact =
      min(
        Self.longestContactSeconds,
        tool.contactSeconds * object.model.yielding * strike.softness / hardness)
      * dice.logNormal(sigma: 0.12)
    contactFramesLeft = Int(contact * rate) + 1
    // An object within reach is wide enough for its two ends to differ in direction.
    balance = 0.7 * (min(1, max(0, strike.position)) - 0.5)
    ears = .balanced(balance)
    let step = Maths.sinCos(turns: 0.5 / (contact * rate))
    phasorStep = SIMD2(Float(step.cos), Float(step.sin))
    // The click follows the derivative of the force, which is inversely proportional to the contact time.
    click = Float(2 * force * gain * Maths.amplitude(dB: tool.clickDB) * tool.contactSeconds / contact)

    let excitation = Excitation(contactSeconds: contact, gain: force * gain, sampleRate: rate)
    excite(
      object, at: strike.position, excitation, thudGain: Maths.amplitude(dB: tool.thudDB) / hardness, &dice)
    excite(tool, excitation, skinGain: 1 / hardness, &dice)

    let model = object.model.burst
    let level = force * hardness * hardness * gain * Maths.amplitude(dB: model.levelDB + tool.burst.levelDB)
    let density = WhiteNoise.densityGain(sampleRate: rate)
    burst = Decay(level: level * density, timeConstantSeconds: Self.burstDecaySeconds, sampleRate: rate)
    // The noise rises with the contact.
    burstRise = Decay(
      level: level * density, timeConstantSeconds: 0.2e-3 + 0.4 * contact, sampleRate: rate)
    burstLow = OnePole(cutoffHz: Self.burstLowHz, sampleRate: rate)
    burstHigh = Biquad(
      .lowPass(cutoffHz: model.upperHz * tool.burst.brightness * hardness, q: 0.6, sampleRate: rate))
    burstFramesLeft = Int(
      Self.burstDecaySeconds * rate * Maths.log(max(1, level / (4 * gain * Self.floor))))
    noise = WhiteNoise(draws.branch("noise"))
  }

  /// What all modes of a hit have in common.
  private struct Excitation {
    let contactSeconds: Double
    let gain: Double
    let sampleRate: Double
  }

  /// Starts one mode. Its phase and balance are random: they depend on where contact and microphone are.
  private mutating func start(
    _ index: Int, _ hz: Double, _ dampingPerSecond: Double, _ gain: Double, _ excitation: Excitation,
    _ dice: inout Dice
  ) {
    modes.set(
      index, frequencyHz: hz, dampingPerSecond: dampingPerSecond,
      gain: excitation.gain * gain * PulseSpectrum.halfSine(hz * excitation.contactSeconds),
      phaseTurns: dice.uniform(-0.25...0.25), balance: balance + 0.55 * dice.clippedGaussian(),
      floor: Self.floor, sampleRate: excitation.sampleRate)
  }

  /// Starts the thud of the body and the modes of the object.
  private mutating func excite(
    _ object: borrowing StruckObject, at position: Double, _ excitation: Excitation, thudGain: Double,
    _ dice: inout Dice
  ) {
    // The thud has a sharp start: a second, higher mode that decays within 10 ms.
    let thud = object.model.thud
    let thudHz = object.thudHz * dice.logNormal(sigma: 0.1)
    let gain = thudGain * Maths.amplitude(dB: thud.levelDB) * dice.gain(spreadDB: 4)
    start(
      0, thudHz, Mode.dampingPerSecond(t60Seconds: thud.t60Seconds) * dice.logNormal(sigma: 0.15), 0.7 * gain,
      excitation, &dice)
    start(
      1, thudHz * dice.uniform(1.2...1.45), 250, 0.5 * gain * dice.gain(spreadDB: 3), excitation, &dice)

    let x = min(0.98, max(0.02, position))
    for k in 0..<object.modes.count {
      let mode = object.modes[k]
      let weight = 0.1 + 0.9 * abs(Maths.sinCos(turns: mode.halfWaves * x / 2).sin)
      start(
        3 + k, mode.frequencyHz, mode.dampingPerSecond * dice.logNormal(sigma: 0.08),
        mode.gain * weight * dice.gain(spreadDB: 4), excitation, &dice)
    }
  }

  /// Starts the thud of the finger and the modes of the tool.
  private mutating func excite(
    _ tool: ToolModel, _ excitation: Excitation, skinGain: Double, _ dice: inout Dice
  ) {
    start(
      2, tool.skin.hz * dice.logNormal(sigma: 0.1), Mode.dampingPerSecond(t60Seconds: tool.skin.t60Seconds),
      skinGain * Maths.amplitude(dB: tool.skin.levelDB) * dice.gain(spreadDB: 2), excitation, &dice)
    for k in 0..<4 {
      start(
        3 + StruckObject.mostModes + k, dice.logUniform(tool.ring.rangeHz),
        Mode.dampingPerSecond(t60Seconds: tool.ring.t60Seconds),
        Maths.amplitude(dB: tool.ring.levelDB) * dice.gain(spreadDB: 3), excitation, &dice)
    }
  }

  var isOver: Bool { modes.isSilent && burstFramesLeft <= 0 && contactFramesLeft <= 0 }

  /// Adds the hit to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let taken = block.count - first

    let contactEnd = first + min(taken, contactFramesLeft)
    for i in first..<contactEnd {
      block[i] += modes.next() * (0.5 - 0.5 * phasor.x) + (click * phasor.x * phasor.y) * ears
      phasor = SIMD2(
        phasor.x * phasorStep.x - phasor.y * phasorStep.y, phasor.x * phasorStep.y + phasor.y * phasorStep.x)
    }
    modes.elapse(frames: contactEnd - first)
    modes.add(to: &block, in: contactEnd..<block.count)

    let burstEnd = first + min(taken, burstFramesLeft)
    for i in first..<burstEnd {
      let level = burst.next() - burstRise.next()
      block[i] += (level * burstLow.highPass(burstHigh.process(noise.next()))) * ears
    }
    contactFramesLeft -= contactEnd - first
    burstFramesLeft -= burstEnd - first
  }
}
