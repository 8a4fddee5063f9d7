/// How a tool meets the object.
struct StrikeParameters: Sendable {
  /// v, 1 for a nominal tap; harder is shorter and so brighter.
  var force = 0.0
  /// The contact point on the object, 0 ... 1.
  var position = 0.0
  /// How much longer this part of the hand stays in contact than the tool does.
  var softness = 1.0
}

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
  private var ears = SIMD2<Float>(1, 1)
  private var balance = 0.0
  private var burst = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var burstRise = Decay(level: 0, timeConstantSeconds: 1, sampleRate: 1)
  private var noise = WhiteNoise(Draws(seed: 0))
  private var burstLow = OnePole<Float>(cutoffHz: 1, sampleRate: 4)
  private var burstHigh = Biquad<Float>(.lowPass(cutoffHz: 1, q: 0.6, sampleRate: 4))
  private var burstFramesLeft = 0

  /// A hit that is over.
  init() {}

  /// The amplitude under which nothing is worth computing: -80 dB under a nominal hit.
  static let floor = 1e-4
  /// How fast the contact's noise dies away.
  private static let burstDecaySeconds = 2.5e-3

  /// Strikes.
  /// - Parameters:
  ///   - gain: the amplitude of a nominal hit.
  ///   - delayFrames: frames from the next block's first until the contact.
  init(
    _ blow: StrikeParameters, on object: borrowing TapObject, with tool: ToolModel, gain: Double,
    delayFrames: Int,
    draws: Draws, sampleRate rate: Double
  ) {
    var dice = Dice(draws.branch("chance"))
    framesUntilStart = delayFrames
    let force = max(blow.force, 1e-3)
    let hardness = Maths.pow(force, tool.hardening)
    let contact =
      min(0.015, tool.contactSeconds * object.law.yielding * blow.softness / hardness)
      * dice.logNormal(sigma: 0.12)
    contactFramesLeft = Int(contact * rate) + 1
    // An object within reach is wide enough for its ends to be heard apart.
    balance = 0.7 * (min(1, max(0, blow.position)) - 0.5)
    ears = .balanced(balance)
    let step = Maths.sinCos(turns: 0.5 / (contact * rate))
    pulseStep = SIMD2(Float(step.cos), Float(step.sin))
    // What radiates as the object is shoved goes with the force's change, and so with the inverse of its length.
    click = Float(2 * force * gain * Maths.amplitude(dB: tool.clickDB) * tool.contactSeconds / contact)

    let ringing = Ringing(contactSeconds: contact, gain: force * gain, sampleRate: rate)
    ring(
      object, blow.position, ringing, bodyGain: Maths.amplitude(dB: tool.thudDB) / hardness, &dice)
    ring(tool, ringing, skinGain: 1 / hardness, &dice)

    let hiss = object.law.burst
    // White noise spreads over a band that grows with the sample rate; what is left of it after filtering must not.
    let density = (rate / 48000).squareRoot()
    let level = force * hardness * hardness * gain * Maths.amplitude(dB: hiss.levelDB + tool.burst.levelDB)
    burst = Decay(level: level * density, timeConstantSeconds: Self.burstDecaySeconds, sampleRate: rate)
    // The noise grows as the contact does.
    burstRise = Decay(
      level: level * density, timeConstantSeconds: 0.2e-3 + 0.4 * contact, sampleRate: rate)
    burstLow = OnePole(cutoffHz: 300, sampleRate: rate)
    burstHigh = Biquad(
      .lowPass(cutoffHz: hiss.upperHz * tool.burst.brightness * hardness, q: 0.6, sampleRate: rate))
    burstFramesLeft = Int(
      Self.burstDecaySeconds * rate * Maths.log(max(1, level / (4 * gain * Self.floor))))
    noise = WhiteNoise(draws.branch("noise"))
  }

  /// What all modes of a hit have in common.
  private struct Ringing {
    let contactSeconds: Double
    let gain: Double
    let sampleRate: Double
  }

  // Where the contact and the microphone are decides the phase at which each mode arrives.
  private mutating func set(
    _ index: Int, _ hz: Double, _ dampingPerSecond: Double, _ gain: Double, _ ringing: Ringing,
    _ dice: inout Dice
  ) {
    modes.set(
      index, frequencyHz: hz, dampingPerSecond: dampingPerSecond,
      gain: ringing.gain * gain * Self.pulseSpectrum(hz * ringing.contactSeconds),
      phaseTurns: dice.uniform(-0.25...0.25), balance: balance + 0.55 * dice.clippedGaussian(),
      floor: Self.floor,
      sampleRate: ringing.sampleRate)
  }

  /// The object's modes, and the knock of the body behind them.
  private mutating func ring(
    _ object: borrowing TapObject, _ position: Double, _ ringing: Ringing, bodyGain: Double,
    _ dice: inout Dice
  ) {
    // The knock starts sharp and settles: a second, higher mode that dies within 10 ms.
    let thud = object.law.thud
    let thudHz = object.thudHz * dice.logNormal(sigma: 0.1)
    let thudGain = bodyGain * Maths.amplitude(dB: thud.levelDB) * dice.gain(spreadDB: 4)
    set(0, thudHz, 6.91 / thud.t60Seconds * dice.logNormal(sigma: 0.15), 0.7 * thudGain, ringing, &dice)
    set(1, thudHz * dice.uniform(1.2...1.45), 250, 0.5 * thudGain * dice.gain(spreadDB: 3), ringing, &dice)

    let x = min(0.98, max(0.02, position))
    for k in 0..<object.count {
      let mode = object.modes[k]
      let weight = 0.1 + 0.9 * abs(Maths.sinCos(turns: mode.halfWaves * x / 2).sin)
      set(
        3 + k, mode.frequencyHz, mode.dampingPerSecond * dice.logNormal(sigma: 0.08),
        mode.gain * weight * dice.gain(spreadDB: 4), ringing, &dice)
    }
  }

  /// The tool's own modes, and the soft knock of the finger's mass.
  private mutating func ring(_ tool: ToolModel, _ ringing: Ringing, skinGain: Double, _ dice: inout Dice) {
    set(
      2, tool.skin.hz * dice.logNormal(sigma: 0.1), 6.91 / tool.skin.t60Seconds,
      skinGain * Maths.amplitude(dB: tool.skin.levelDB) * dice.gain(spreadDB: 2), ringing, &dice)
    for k in 0..<4 {
      set(
        3 + TapObject.mostModes + k, dice.logUniform(tool.ring.rangeHz), 6.91 / tool.ring.t60Seconds,
        Maths.amplitude(dB: tool.ring.levelDB) * dice.gain(spreadDB: 3), ringing, &dice)
    }
  }

  /// The amplitude at which this tool's taps on this object are as loud as any other's on any other: taps at several
  /// points, as strong as a hand's are, are struck and measured.
  static func evenGain(on object: TapObject, with tool: ToolModel) -> Double {
    let taps = 21
    // At one rate for all, so that the level is the same at every rate.
    let rate = 48000.0
    var energy = 0.0
    for k in 0..<taps {
      let force = Maths.amplitude(dB: Double(k % 3) * 5 - 6)
      var hit = Hit(
        StrikeParameters(force: force, position: (Double(k) + 0.5) / Double(taps)), on: object, with: tool,
        gain: 1,
        delayFrames: 0, draws: Draws(seed: UInt64(k)), sampleRate: rate)
      energy += KWeighting.energy(seconds: 0.2, sampleRate: rate) { hit.render(into: &$0) }
    }
    return (Self.evenEnergy * Double(taps) / energy).squareRoot()
  }

  /// About that of a nail's nominal tap on wood at an amplitude of 1.
  private static let evenEnergy = 1e-3

  /// The spectrum of a half sine of unit area, at a frequency given in cycles per contact.
  static func pulseSpectrum(_ cycles: Double) -> Double {
    let offset = 1 - 4 * cycles * cycles
    guard abs(offset) > 1e-4 else { return .pi / 4 }
    return abs(Maths.sinCos(turns: cycles / 2).cos / offset)
  }

  var isOver: Bool { modes.isSilent && burstFramesLeft <= 0 && contactFramesLeft <= 0 }

  /// Adds the hit to a block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard framesUntilStart < block.count else {
      framesUntilStart -= block.count
      return
    }
    let first = framesUntilStart
    let taken = block.count - first
    framesUntilStart = 0

    let contactEnd = first + min(taken, contactFramesLeft)
    for i in first..<contactEnd {
      block[i] += modes.next() * (0.5 - 0.5 * pulse.x) + (click * pulse.x * pulse.y) * ears
      pulse = SIMD2(
        pulse.x * pulseStep.x - pulse.y * pulseStep.y, pulse.x * pulseStep.y + pulse.y * pulseStep.x)
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
