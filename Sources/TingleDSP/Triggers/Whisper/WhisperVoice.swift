/// One breath group of whispered speech: a Klatt synthesizer without voicing.
///
/// Aspiration: noise -> tilt -> cascade of 12 formants -> nasal zero; frication: noise -> parallel
/// band-passes; then sum, and mouth clicks. After D. H. Klatt, "Software for a cascade/parallel formant
/// synthesizer", JASA 67 (1980) 971. Both sources are noise, so nothing in the output is periodic.
public struct WhisperVoice: Voice {
  public typealias Settings = Whisper

  /// The prepared state that all voices of a layer share: settings, speech and filters.
  public struct Shared: Sendable {
    let settings: Whisper
    let speech: Speech
    let packing: PhrasePacking
    /// The number of slots after which the reading starts again.
    let slotsPerCycle: Int
    let filters: Filters
  }

  /// The filter coefficients and gains that all voices of a layer share.
  struct Filters: Sendable {
    let frications: InlineArray<11, FricationNoise.Coefficients>
    /// Four variants of each breath source.
    let breaths: InlineArray<16, FricationNoise.Coefficients>
    /// The formant cascade with F5 to F12 set.
    let upperFormants: ResonatorCascade<6>
    /// Brings a stressed /ʌ/ to an RMS of 1 for aspiration with an RMS of 1.
    let cascadeGain: Double
    let gain: Double
    let highPass: BiquadCoefficients
    let airBand: BiquadCoefficients
    /// The gain of the noise above the formants, and that of the proximity effect below 350 Hz.
    let airGain: Float
    let proximityGain: Float
    /// The gains of two independent noises in the left channel, and, exchanged, in the right.
    let mix: (same: Float, other: Float)
    let sampleRate: Double
  }

  private let filters: Filters
  private var track: SegmentTrack
  private let tiltGain: Float
  private let airGain: Float
  private let gain: Double
  private var dice: Dice
  private var cascade: ResonatorCascade<6>
  private var nasal: Biquad<SIMD2<Float>>
  private var noise: WhiteNoise
  /// The high-pass of aspiration and the band-pass of the turbulence above the formants.
  private var sources: TwinBiquad
  private var tilt: OnePole<SIMD2<Float>>
  private var proximity: OnePole<SIMD2<Float>>
  private var frication: FricationNoise
  private var fricationSource = FricationNoise.Source.inhale
  private var breathVariant = 0
  private var mouthClicks: MouthClicks
  private var flow = 0.0
  private var airFlow = 0.0
  private var flutter = 0.0
  private var aspirationLevel: Float = 0
  private var airLevel: Float = 0
  private var fricationLevel: Float = 0
  private var nasalZeroHz = 0.0
  private var tick = 0
  private var frame = 0
  // The frames left until the next control tick, and the level increments per frame.
  private var framesInTick = 0
  private var aspirationStep: Float = 0
  private var airStep: Float = 0
  private var fricationStep: Float = 0

  /// The control period: 400 updates per second.
  private static let tickSeconds = 0.0025
  private static let upperHz: [Double] = [4500, 5500, 6500, 7500, 8500, 9700, 11000, 12500]
  private static let upperBandwidthsHz: [Double] = [300, 400, 500, 650, 800, 1000, 1200, 1400]

  public static func prepare(_ settings: Whisper, layer: Draws, sampleRate: Double) -> Shared {
    var upper = ResonatorCascade<6>()
    for (k, hz) in upperHz.enumerated() {
      upper.tune(
        4 + k, frequencyHz: hz * settings.profile.upperScale, bandwidthHz: 1.09 * upperBandwidthsHz[k],
        sampleRate: sampleRate)
    }
    var stressed = upper
    tune(
      &stressed, settings.profile.whispered(Phone.ah.targets.formants), bandwidthScale: 1,
      sampleRate: sampleRate)
    // The power of a stressed /ʌ/ for white noise: the mean between 180 Hz and 12 kHz.
    var power = 0.0
    for k in 0..<120 { power += stressed.power(hz: 180 + 100 * Double(k), sampleRate: sampleRate) }
    power *= 100 / (sampleRate / 2)
    let speech = settings.speech
    // At arm's length, 90 % of the power is common to both channels; at the ear, 60 %.
    let own = 0.1 + 0.3 * settings.closeness
    // The correlation of the channels, 1 - own, is twice the product of the gains, whose squares add to 1.
    let (sum, difference) = ((2 - own).squareRoot(), own.squareRoot())
    let packing = PhrasePacking(speech, settings)
    let cycle = Int((settings.everySeconds / packing.slotSeconds).rounded(.up))
    let modeDB = speech.breathGroupCount > 0 ? WhisperLine.wordsDB : settings.mode.levelDB
    let filters = Filters(
      frications: InlineArray {
        FricationNoise.Coefficients(
          FricationNoise.Source(rawValue: $0)!, scale: settings.speakerTraits.fricationScale,
          sampleRate: sampleRate)
      },
      breaths: InlineArray {
        FricationNoise.Coefficients(
          FricationNoise.Source(rawValue: FricationNoise.Source.inhale.rawValue + $0 / 4)!,
          scale: 0.86 + 0.09 * Double($0 % 4), sampleRate: sampleRate)
      }, upperFormants: upper,
      cascadeGain: 1 / power.squareRoot(),
      gain: Maths.amplitude(dB: settings.profile.levelDB + modeDB),
      highPass: .highPass(cutoffHz: 210, q: 0.7071, sampleRate: sampleRate),
      airBand: .bandPass(centreHz: 7500, q: 0.9, sampleRate: sampleRate),
      airGain: Float(0.085 * power.squareRoot() * Maths.amplitude(dB: 10 * (settings.closeness - 0.5))),
      proximityGain: Float(Maths.amplitude(dB: 10 * (settings.closeness - 0.5)) - 1),
      mix: (Float(0.5 * (sum + difference)), Float(0.5 * (sum - difference))), sampleRate: sampleRate)
    // Voices start on the audio thread: strings, which are reference-counted, are not copied into them.
    var withoutText = settings
    (withoutText.text, withoutText.phonemes, withoutText.language) = ("", "", "")
    return Shared(
      settings: withoutText, speech: speech, packing: packing, slotsPerCycle: max(packing.count, cycle),
      filters: filters)
  }

  /// Sets F1 to F4 of the cascade.
  private static func tune(
    _ cascade: inout ResonatorCascade<6>, _ formants: SIMD4<Double>, bandwidthScale: Double,
    firstBandwidthScale: Double = 1, sampleRate: Double
  ) {
    cascade.tune(
      0, frequencyHz: formants.x, bandwidthHz: 82 * bandwidthScale * firstBandwidthScale,
      sampleRate: sampleRate)
    cascade.tune(1, frequencyHz: formants.y, bandwidthHz: 106 * bandwidthScale, sampleRate: sampleRate)
    cascade.tune(2, frequencyHz: formants.z, bandwidthHz: 139 * bandwidthScale, sampleRate: sampleRate)
    cascade.tune(3, frequencyHz: formants.w, bandwidthHz: 193 * bandwidthScale, sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) { self.init(shared, cue: cue, lines: nil) }

  /// Starts a voice with the settings' own text or mode, or with a line of a script.
  /// - Parameter lines: the lines of a script, of which the cue's index selects one; nil without a script.
  init(_ shared: borrowing Shared, cue: Cue, lines: WhisperLineTable.View?) {
    filters = shared.filters
    dice = Dice(cue.draws.branch("mouth"))
    let settings = shared.settings
    let fatigue = Fatigue(cue)
    let articulation = settings.articulation(pace: cue.pace * fatigue.pace)
    var levelDB = fatigue.levelDB
    switch settings.mode {
    case _ where lines != nil:
      let line = lines![cue.index]
      track = lines!.track(of: line, settings, fatigue, dice: &dice)
      levelDB += line.gainDB
    case _ where shared.speech.breathGroupCount > 0:
      let remainder = cue.index % shared.slotsPerCycle
      let slot = remainder < 0 ? remainder + shared.slotsPerCycle : remainder
      track =
        slot < shared.packing.count
        ? WhisperScript.words(
          of: shared.speech, breathGroups: shared.packing[slot], settings, fatigue, dice: &dice)
        : SegmentTrack(startSeconds: 0)
    case .nonsense:
      track = WhisperScript.nonsense(settings, articulation, spanSeconds: cue.spanSeconds, dice: &dice)
    case .breath: track = WhisperScript.breath(settings, spanSeconds: cue.spanSeconds, dice: &dice)
    case .shush:
      track = WhisperScript.shush(settings, articulation, spanSeconds: cue.spanSeconds, dice: &dice)
    }
    gain = shared.filters.gain * Maths.amplitude(dB: levelDB)
    cascade = shared.filters.upperFormants
    Self.tune(&cascade, SIMD4(621, 1594, 2657, 3500), bandwidthScale: 1, sampleRate: cue.sampleRate)
    nasal = Biquad(.identity)
    noise = WhiteNoise(cue.draws.branch("breath"))
    sources = TwinBiquad(shared.filters.highPass, shared.filters.airBand)
    tilt = OnePole(cutoffHz: 1080, sampleRate: cue.sampleRate)
    // There are about three and a half octaves above the corner frequency.
    tiltGain = Float(Maths.amplitude(dB: 3.5 * (settings.profile.tiltDBPerOctave + fatigue.tiltDBPerOctave)))
    airGain = tiltGain * shared.filters.airGain
    proximity = OnePole(cutoffHz: 350, sampleRate: cue.sampleRate)
    frication = FricationNoise(shared.filters.breaths[0])
    mouthClicks = MouthClicks(
      groupsPerSecond: settings.mouthSoundsPerSecond, tongueShare: settings.tongueShare, dice: &dice)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var first = 0
    while first < block.count {
      if framesInTick == 0 { updateControls() }
      let last = min(block.count, first + framesInTick)
      if aspirationLevel > 1e-6 || aspirationStep > 0 {
        addAspiration(to: &block, first..<last)
      } else if airLevel > 1e-6 || airStep > 0 {
        addAir(to: &block, first..<last)
      }
      if fricationLevel > 1e-6 || fricationStep > 0 { addFrication(to: &block, first..<last) }
      if mouthClicks.isSounding { for i in first..<last { block[i] += mouthClicks.next() } }
      framesInTick -= last - first
      first = last
    }
    frame += block.count
    return Double(frame) / filters.sampleRate <= track.endSeconds + 0.5
  }

  /// Sets formants and level increments for the next control tick from the segment track.
  private mutating func updateControls() {
    let rate = filters.sampleRate
    let now = Double(tick) * Self.tickSeconds
    tick += 1
    framesInTick = Int(Double(tick) * Self.tickSeconds * rate) - Int(now * rate)
    // The fluctuation of the air flow, slow and fast, and that of the turbulence above the formants.
    flow = 0.92 * flow + 0.39 * dice.gaussian()
    airFlow = 0.8 * airFlow + 0.6 * dice.gaussian()
    flutter = dice.gaussian()

    var aspiration = 0.0
    var frication = 0.0
    var (rise, fall) = (0.008, 0.010)
    var aspirationFall = 0.006
    var airShare = 1.0
    if let segment = track.segment(at: now) {
      let formants = track.formants(at: now)
      Self.tune(
        &cascade, formants, bandwidthScale: segment.bandwidthScale,
        firstBandwidthScale: segment.firstBandwidthScale, sampleRate: rate)
      aspiration = segment.aspiration
      if segment.trillDepth > 0 {
        aspiration *= 1 + segment.trillDepth * Maths.sinCos(turns: 25 * (now - segment.start)).cos
      }
      // Frication falls during the release at the end of its segment.
      frication = now > segment.start + segment.seconds - segment.releaseSeconds ? 0 : segment.frication
      (rise, fall) = (segment.riseSeconds, segment.fallSeconds)
      if frication > 0, segment.source != fricationSource || segment.breathVariant != breathVariant {
        (fricationSource, breathVariant) = (segment.source, segment.breathVariant)
        let breath = 4 * (fricationSource.rawValue - FricationNoise.Source.inhale.rawValue)
        self.frication = FricationNoise(
          breath < 0 ? filters.frications[fricationSource.rawValue] : filters.breaths[breath + breathVariant])
        fricationLevel = 0
      }
      if segment.nasalZeroHz > 0 { airShare = 0.3 }
      if segment.nasalZeroHz != nasalZeroHz {
        nasalZeroHz = segment.nasalZeroHz
        nasal.coefficients = .nasal(zeroHz: nasalZeroHz, sampleRate: rate)
      }
    } else {
      // A pause: the end of a phrase fades out more slowly than one phone into the next.
      (fall, aspirationFall) = (0.03, 0.05)
    }
    frication *= gain
    aspiration *= gain * max(0.3, 1 + 0.05 * flow + 0.07 * flutter) * filters.cascadeGain
    mouthClicks.advance(Self.tickSeconds, amplitude: filters.gain, sampleRate: rate)
    // Turbulence above the formants follows the air flow, which changes more slowly than the articulation.
    airStep = step(
      from: airLevel, to: airGain * Float(aspiration * airShare * max(0.2, 1 + 0.2 * airFlow)), rise: 0.025,
      fall: 0.07)
    aspirationStep = step(from: aspirationLevel, to: Float(aspiration), rise: 0.004, fall: aspirationFall)
    fricationStep = step(from: fricationLevel, to: Float(frication), rise: rise, fall: fall)
  }

  /// The level increment per frame for one control tick of a one-pole smoother.
  private func step(from level: Float, to target: Float, rise: Double, fall: Double) -> Float {
    let share = min(1, Self.tickSeconds / (target > level ? rise : fall))
    let change = (target - level) * Float(share)
    // A level that is nearly 0 is set to 0 before it becomes subnormal.
    return (target == 0 && level < 3e-5 ? -level : change) / Float(max(1, framesInTick))
  }

  /// Adds the noise through the vocal tract, and the turbulence above the formants.
  private mutating func addAspiration(to block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>) {
    // Local copies: the compiler need not reload them after each store into the block.
    var (sources, tilt, proximity) = (self.sources, self.tilt, self.proximity)
    var (cascade, nasal, noise) = (self.cascade, self.nasal, self.noise)
    var levels = SIMD2(aspirationLevel, airLevel)
    let steps = SIMD2(aspirationStep, airStep)
    let (isNasal, proximityGain) = (nasalZeroHz > 0, filters.proximityGain)
    let (tiltGain, mix) = (tiltGain, filters.mix)
    for i in range {
      let (source, air) = sources.process(noise.nextPair(mix: mix))
      let low = tilt.lowPass(source)
      var aspiration = low + tiltGain * (source - low)
      if proximityGain != 0 { aspiration += proximityGain * proximity.lowPass(source) }
      var out = cascade.process(levels.x * aspiration)
      if isNasal { out = nasal.process(out) }
      block[i] += out + levels.y * air
      levels += steps
    }
    (self.sources, self.tilt, self.proximity) = (sources, tilt, proximity)
    (self.cascade, self.nasal, self.noise) = (cascade, nasal, noise)
    (aspirationLevel, airLevel) = (levels.x, levels.y)
  }

  /// Adds the turbulence above the formants alone, while the vocal tract is silent.
  private mutating func addAir(to block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>) {
    var (sources, noise, level) = (self.sources, self.noise, airLevel)
    let (step, mix) = (airStep, filters.mix)
    for i in range {
      block[i] += level * sources.process(noise.nextPair(mix: mix)).second
      level += step
    }
    (self.sources, self.noise, airLevel) = (sources, noise, level)
  }

  private mutating func addFrication(to block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>) {
    var (frication, noise, level) = (self.frication, self.noise, fricationLevel)
    let (step, mix) = (fricationStep, filters.mix)
    for i in range {
      block[i] += level * frication.process(noise.nextPair(mix: mix))
      level += step
    }
    (self.frication, self.noise, fricationLevel) = (frication, noise, level)
  }
}

extension WhiteNoise {
  /// The next stereo frame of correlated noise.
  /// - Parameter mix: the gains of two independent noises in the left channel, and, exchanged, in the right.
  @inline(__always) fileprivate mutating func nextPair(mix: (same: Float, other: Float)) -> SIMD2<Float> {
    let pair = nextPair()
    return mix.same * pair + mix.other * SIMD2(pair.y, pair.x)
  }
}

extension BiquadCoefficients {
  /// Nasalization: a narrow zero and a very wide pole at the same frequency; `identity` for 0 Hz.
  static func nasal(zeroHz: Double, sampleRate: Double) -> Self {
    guard zeroHz > 0 else { return identity }
    let c = 2 * Maths.sinCos(turns: zeroHz / sampleRate).cos
    let zero = Maths.exp(-.pi * 31 / sampleRate)
    let pole = Maths.exp(-.pi * 1410 / sampleRate)
    return Self(b0: 1, b1: -zero * c, b2: zero * zero, a0: 1, a1: -pole * c, a2: pole * pole)
  }
}
