/// One breath group: breath through a moving tract, and hisses at its constrictions.
///
/// Cascade of formants for the breath, parallel resonances for the hisses, after D. H. Klatt, "Software for a
/// cascade/parallel formant synthesizer", JASA 67 (1980) 971. There is no voice in it and so nothing periodic.
public struct WhisperVoice: Voice {
  public typealias Settings = Whisper

  /// What all phrases share: the mouth, and what it is to say.
  public struct Shared: Sendable {
    let settings: Whisper
    let speech: Speech
    let turns: PhrasePacking
    /// After so many turns the words begin again.
    let turnsInCycle: Int
    let mouth: Mouth
  }

  /// Filters that all phrases share.
  struct Mouth: Sendable {
    let hisses: InlineArray<13, Hiss.Shape>
    let upperTract: ResonatorCascade<6>
    let tractGain: Double
    let gain: Double
    let highPass: BiquadCoefficients
    let airPass: BiquadCoefficients
    /// Of the air above the formants, and of the lows that a near mouth has more of, as amplitudes.
    let airGain: Float
    let lowsGain: Float
    /// Amplitudes of what both ears share and of what each has for itself.
    let shares: (both: Float, each: Float)
    let sampleRate: Double
  }

  private let shared: Mouth
  private var utterance: Utterance
  private let tiltGain: Float
  private var dice: Dice
  private var cascade: ResonatorCascade<6>
  private var nose: Biquad<SIMD2<Float>>
  private var noise: WhiteNoise
  private var highPass: Biquad<SIMD2<Float>>
  private var tilt: OnePole<SIMD2<Float>>
  private var air: Biquad<SIMD2<Float>>
  private var near: OnePole<SIMD2<Float>>
  private var hiss: Hiss
  private var mouthSounds: MouthSounds
  private var hissKind = Hiss.Kind.inhale
  private var flow = 0.0
  private var breathLevel: Float = 0
  private var hissLevel: Float = 0
  private var nasalZeroHz = 0.0
  private var tick = 0
  private var frame = 0
  // The stretch of samples up to the next tick, and the levels' way there.
  private var framesInTick = 0
  private var breathStep: Float = 0
  private var hissStep: Float = 0

  /// The tract moves four hundred times a second.
  private static let tickSeconds = 0.0025
  private static let upperHz: [Double] = [4500, 5500, 6500, 7500, 8500, 9700, 11000, 12500]
  private static let upperWidths: [Double] = [300, 400, 500, 650, 800, 1000, 1200, 1400]

  public static func prepare(_ settings: Whisper, layer: Draws, sampleRate: Double) -> Shared {
    var upper = ResonatorCascade<6>()
    for (k, hz) in upperHz.enumerated() {
      upper.tune(
        4 + k, frequencyHz: hz * settings.make.upperScale, bandwidthHz: upperWidths[k],
        sampleRate: sampleRate)
    }
    var stressed = upper
    tune(
      &stressed, settings.make.whispered(Phone.ah.figures.formants), widening: 1, sampleRate: sampleRate)
    // A stressed /ʌ/ has an RMS of 1 for breath of 1: the mean power between 180 Hz and 12 kHz.
    var power = 0.0
    for k in 0..<120 { power += stressed.power(hz: 180 + 100 * Double(k), sampleRate: sampleRate) }
    power *= 100 / (sampleRate / 2)
    let speech = settings.speech
    // An arm's length away nine tenths of the power are the same for both ears; at the ear, six.
    let own = 0.1 + 0.3 * settings.closeness
    let turns = PhrasePacking(speech, settings)
    let cycle = Int((settings.everySeconds / turns.slotSeconds).rounded(.up))
    let mouth = Mouth(
      hisses: InlineArray { Hiss.Shape(Hiss.Kind(rawValue: $0)!, sampleRate: sampleRate) }, upperTract: upper,
      tractGain: 1 / power.squareRoot(),
      gain: Maths.amplitude(dB: settings.make.levelDB + (speech.breaths > 0 ? -2.5 : settings.mode.levelDB)),
      highPass: .highPass(cutoffHz: 180, q: 0.7071, sampleRate: sampleRate),
      airPass: .highPass(cutoffHz: 4500, q: 0.7071, sampleRate: sampleRate),
      airGain: Float(0.1 * power.squareRoot() * Maths.amplitude(dB: 10 * (settings.closeness - 0.5))),
      lowsGain: Float(Maths.amplitude(dB: 10 * (settings.closeness - 0.5)) - 1),
      shares: (Float((1 - own).squareRoot()), Float(own.squareRoot())), sampleRate: sampleRate)
    // Voices are begun while the sound plays: no string, whose references would be counted, goes with them.
    var wordless = settings
    (wordless.text, wordless.phonemes, wordless.language) = ("", "", "")
    return Shared(
      settings: wordless, speech: speech, turns: turns, turnsInCycle: max(turns.count, cycle), mouth: mouth)
  }

  private static func tune(
    _ cascade: inout ResonatorCascade<6>, _ formants: SIMD4<Double>, widening: Double, sampleRate: Double
  ) {
    cascade.tune(0, frequencyHz: formants.x, bandwidthHz: 100 * widening, sampleRate: sampleRate)
    cascade.tune(1, frequencyHz: formants.y, bandwidthHz: 96 * widening, sampleRate: sampleRate)
    cascade.tune(2, frequencyHz: formants.z, bandwidthHz: 138 * widening, sampleRate: sampleRate)
    cascade.tune(3, frequencyHz: formants.w, bandwidthHz: 220 * widening, sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    self.shared = shared.mouth
    dice = Dice(cue.draws.branch("mouth"))
    let settings = shared.settings
    let articulation = settings.articulation(pace: cue.pace)
    switch settings.mode {
    case _ where shared.speech.breaths > 0:
      let rest = cue.index % shared.turnsInCycle
      let turn = rest < 0 ? rest + shared.turnsInCycle : rest
      utterance =
        turn < shared.turns.count
        ? WhisperScript.recited(shared.speech, breaths: shared.turns[turn], settings, dice: &dice)
        : Utterance(startSeconds: 0)
    case .nonsense:
      utterance = WhisperScript.nonsense(settings, articulation, spanSeconds: cue.spanSeconds, dice: &dice)
    case .breath: utterance = WhisperScript.breath(settings, spanSeconds: cue.spanSeconds, dice: &dice)
    case .shush:
      utterance = WhisperScript.shush(settings, articulation, spanSeconds: cue.spanSeconds, dice: &dice)
    }
    cascade = shared.mouth.upperTract
    Self.tune(&cascade, SIMD4(621, 1594, 2657, 3500), widening: 1, sampleRate: cue.sampleRate)
    nose = Biquad(.unchanged)
    noise = WhiteNoise(cue.draws.branch("breath"))
    highPass = Biquad(shared.mouth.highPass)
    tilt = OnePole(cutoffHz: 1200, sampleRate: cue.sampleRate)
    // From the corner to the top there are about three and a half octaves.
    tiltGain = Float(Maths.amplitude(dB: 3.5 * settings.make.tiltDBPerOctave))
    air = Biquad(shared.mouth.airPass)
    near = OnePole(cutoffHz: 350, sampleRate: cue.sampleRate)
    hiss = Hiss(shared.mouth.hisses[Hiss.Kind.inhale.rawValue])
    mouthSounds = MouthSounds(groupsPerSecond: settings.mouthSoundsPerSecond, dice: &dice)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var first = 0
    while first < block.count {
      if framesInTick == 0 { move() }
      let last = min(block.count, first + framesInTick)
      if breathLevel > 1e-6 || breathStep > 0 { breathe(into: &block, first..<last) }
      if hissLevel > 1e-6 || hissStep > 0 { hiss(into: &block, first..<last) }
      if mouthSounds.isSounding { for i in first..<last { block[i] += mouthSounds.next() } }
      framesInTick -= last - first
      first = last
    }
    frame += block.count
    return Double(frame) / shared.sampleRate <= utterance.endSeconds + 0.5
  }

  /// A control tick: the tract moves on, levels set out for where they are to be at the next.
  private mutating func move() {
    let rate = shared.sampleRate
    let now = Double(tick) * Self.tickSeconds
    tick += 1
    framesInTick = Int(Double(tick) * Self.tickSeconds * rate) - Int(now * rate)
    flow = 0.92 * flow + 0.39 * dice.gaussian()

    var breath = 0.0
    var noise = 0.0
    var (rise, fall) = (0.008, 0.010)
    var breathFall = 0.0035
    if let segment = utterance.segment(at: now) {
      let formants = utterance.formants(at: now)
      Self.tune(&cascade, formants, widening: segment.widening, sampleRate: rate)
      breath = segment.breath
      if segment.flutter > 0 {
        breath *= 1 + segment.flutter * Maths.sinCos(turns: 25 * (now - segment.start)).cos
      }
      // The last part of a hiss is its fall.
      noise = now > segment.start + segment.seconds - segment.tailSeconds ? 0 : segment.hiss
      (rise, fall) = (segment.riseSeconds, segment.fallSeconds)
      if noise > 0, segment.kind != hissKind {
        hissKind = segment.kind
        hiss = Hiss(shared.hisses[hissKind.rawValue])
        hissLevel = 0
      }
      if segment.nasalZeroHz != nasalZeroHz {
        nasalZeroHz = segment.nasalZeroHz
        nose.coefficients = .nasal(zeroHz: nasalZeroHz, sampleRate: rate)
      }
    } else {
      // What ends a phrase dies away.
      (fall, breathFall) = (0.03, 0.015)
    }
    noise *= shared.gain
    breath *= shared.gain * max(0.3, 1 + 0.1 * flow) * shared.tractGain
    mouthSounds.elapse(Self.tickSeconds, amplitude: shared.gain, sampleRate: rate)
    breathStep = step(from: breathLevel, to: Float(breath), rise: 0.0035, fall: breathFall)
    hissStep = step(from: hissLevel, to: Float(noise), rise: rise, fall: fall)
  }

  private func step(from level: Float, to goal: Float, rise: Double, fall: Double) -> Float {
    let share = min(1, Self.tickSeconds / (goal > level ? rise : fall))
    let change = (goal - level) * Float(share)
    // What is left of a sound that is over goes at once, before it becomes too small a number.
    return (goal == 0 && level < 3e-5 ? -level : change) / Float(max(1, framesInTick))
  }

  private mutating func breathe(into block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>) {
    for i in range {
      let source = highPass.process(ears())
      let low = tilt.lowPass(source)
      let near = shared.lowsGain * near.lowPass(source)
      let breath = breathLevel * (low + tiltGain * (source - low) + near)
      block[i] += nose.process(cascade.process(breath)) + shared.airGain * air.process(breath)
      breathLevel += breathStep
    }
  }

  private mutating func hiss(into block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>) {
    for i in range {
      block[i] += hissLevel * hiss.process(ears())
      hissLevel += hissStep
    }
  }

  /// White noise for both ears, partly the same.
  @inline(__always) private mutating func ears() -> SIMD2<Float> {
    let (both, each) = noise.nextTriple()
    return SIMD2(repeating: shared.shares.both * both) + shared.shares.each * each
  }
}

extension BiquadCoefficients {
  /// Lets everything through.
  static var unchanged: Self { Self(b0: 1, b1: 0, b2: 0, a0: 1, a1: 0, a2: 0) }

  /// The nose's narrow zero with a wide pole on the same frequency; unchanged for 0 Hz.
  static func nasal(zeroHz: Double, sampleRate: Double) -> Self {
    guard zeroHz > 0 else { return unchanged }
    let c = 2 * Maths.sinCos(turns: zeroHz / sampleRate).cos
    let zero = Maths.exp(-.pi * 60 / sampleRate)
    let pole = Maths.exp(-.pi * 700 / sampleRate)
    return Self(b0: 1, b1: -zero * c, b2: zero * zero, a0: 1, a1: -pole * c, a2: pole * pole)
  }
}
