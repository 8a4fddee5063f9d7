/// A section of crickets: sines with pulsed envelopes, one per singer, over a band of noise that flutters.
///
/// A cricket draws its wings over each other: each closing is one pulse of a nearly pure tone, several pulses
/// are a chirp. Singers are drawn once for a layer.
public struct CricketsVoice: Voice {
  public typealias Settings = Crickets

  /// The noise of the singers far away.
  public struct Shared: Sendable {
    let settings: Crickets
    let chorus: BandNoise
    let sampleRate: Double
  }

  /// One singer: its habits, and where it is in its chirp.
  private struct Singer: Sendable {
    var pulseSeconds = 0.03
    var pulses = 4
    var chirpSeconds = 0.5
    var pulseStart = 0.0
    var pulsesLeft = 0
    var nextChirp = 0.0
    var loudness: Float = 1
  }

  /// The number of frames from one value of the envelopes to the next.
  private static let tickFrames = 16
  /// The share of a pulse's period in which it sounds.
  private static let duty = 0.68

  private var singers = InlineArray<8, Singer>(repeating: Singer())
  private let count: Int
  private var cosine: SIMD8<Float>
  private var sine = SIMD8<Float>.zero
  private var stepC = SIMD8<Float>(repeating: 1)
  private var stepS = SIMD8<Float>.zero
  private var left = SIMD8<Float>.zero
  private var right = SIMD8<Float>.zero
  private var envelope = SIMD8<Float>.zero
  private var chorusLeft, chorusRight: BandNoise
  private var flutter: Flutter
  private let chorusGain: Double
  private var chorusLevel: Float = 0
  private let spanSeconds: Double
  private let sampleRate: Double
  private var dice: Dice
  private var frame = 0

  public static func prepare(_ settings: Crickets, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    return Shared(
      settings: settings,
      chorus: BandNoise(
        lowHz: model.chorusHz.lowerBound, highHz: model.chorusHz.upperBound, draws: layer,
        sampleRate: sampleRate),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    let model = settings.kind.model
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    chorusLeft = shared.chorus.withDraws(cue.draws.branch("left"))
    chorusRight = shared.chorus.withDraws(cue.draws.branch("right"))
    flutter = Flutter(
      sigma: 0.26, correlationSeconds: 0.02, draws: cue.draws.branch("flutter"))
    let middleHz = (model.chorusHz.lowerBound * model.chorusHz.upperBound).squareRoot()
    chorusGain =
      0.05
      * Maths.amplitude(
        dB: model.chorusDB + settings.chorusDB - TrebleCut.attenuationDB(settings.trebleCutDB, atHz: middleHz)
      )
    count = model.singers
    var dice = Dice(cue.draws.branch("chirps"))
    cosine = SIMD8(repeating: 1)
    // The singers are the same all night.
    var habits = Dice(cue.layer.branch("singers"))
    for k in 0..<count {
      let hz = habits.logUniform(model.carrierHz)
      let pulseHz = habits.uniform(model.pulsesPerSecond) * Maths.pow(cue.pace, 0.5)
      let pulses = habits.whole(model.pulses)
      let levelDB = habits.uniform(model.levelsDB)
      let balance = model.singers == 1 ? 0.2 * habits.clippedGaussian() : habits.uniform(-0.9...0.9)
      let rate =
        settings.chirpsPerSecond * cue.pace * (count == 1 ? 1 : habits.logNormal(sigma: 0.2))
      let drift = Drift(cue.layer.branch("vigour").branch(k), slowestSeconds: 90, octaves: 4)
      let vigour = drift.value(at: cue.seconds)
      let turns = hz * (1 + 0.004 * dice.clippedGaussian()) / sampleRate
      let step = Maths.sinCos(turns: turns)
      (stepC[k], stepS[k]) = (Float(step.cos), Float(step.sin))
      let start = Maths.sinCos(turns: dice.uniform())
      (cosine[k], sine[k]) = (Float(start.cos), Float(start.sin))
      let gainDB =
        levelDB + settings.intensityDB + 2 * vigour - TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz)
      let ears = Float(0.12 * Maths.amplitude(dB: gainDB)) * SIMD2<Float>.balanced(balance)
      (left[k], right[k]) = (ears.x, ears.y)
      // A singer rests for minutes now and then.
      let isResting = model.singers > 1 && vigour < -1.3
      let period = max(1 / rate, Double(pulses) / pulseHz + 0.08)
      singers[k] = Singer(
        pulseSeconds: 1 / pulseHz, pulses: pulses, chirpSeconds: period,
        nextChirp: isResting ? .infinity : period * dice.uniform())
    }
    self.dice = dice
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    var isSinging = false
    var done = 0
    while done < block.count {
      let frames = min(Self.tickFrames, block.count - done)
      let end = Double(frame + done + frames) / sampleRate
      var target = SIMD8<Float>.zero
      for k in 0..<count { target[k] = Self.envelope(of: &singers[k], at: end, before: spanSeconds, &dice) }
      isSinging = isSinging || target != .zero
      renderSingers(into: &block, done..<done + frames, target)
      done += frames
    }
    frame += block.count
    let end = Double(frame) / sampleRate
    renderChorus(into: &block, at: end)
    return end < spanSeconds + Crickets.crossfadeSeconds || isSinging
  }

  /// The envelope of a singer at a time: a bell for each pulse, the first of a chirp softer than the others.
  /// - Parameter spanSeconds: no chirp begins after this time.
  @inline(__always) private static func envelope(
    of singer: inout Singer, at seconds: Double, before spanSeconds: Double, _ dice: inout Dice
  ) -> Float {
    if singer.pulsesLeft == 0 {
      guard seconds >= singer.nextChirp, singer.nextChirp < spanSeconds else { return 0 }
      singer.pulseStart = singer.nextChirp
      singer.pulsesLeft = singer.pulses
      singer.loudness = Float(0.6 * dice.gain(spreadDB: 1))
      singer.nextChirp += singer.chirpSeconds * (1 + 0.13 * dice.clippedGaussian())
    }
    if seconds >= singer.pulseStart + singer.pulseSeconds {
      singer.pulsesLeft -= 1
      singer.pulseStart += singer.pulseSeconds
      singer.loudness = Float(min(1.1, Double(singer.loudness) * 1.25)) * Float(dice.gain(spreadDB: 0.6))
      guard singer.pulsesLeft > 0 else { return 0 }
    }
    let t = (seconds - singer.pulseStart) / (singer.pulseSeconds * duty)
    return singer.loudness * Float(Curves.bell(t))
  }

  private mutating func renderSingers(
    into block: inout MutableSpan<SIMD2<Float>>, _ range: Range<Int>, _ target: SIMD8<Float>
  ) {
    guard target != .zero || envelope != .zero else { return }
    let slope = (target - envelope) / Float(range.count)
    var (c, s, envelope) = (cosine, sine, envelope)
    for i in range {
      let x = envelope * s
      block[i] += SIMD8.laneSums(left * x, right * x)
      (c, s) = (c * stepC - s * stepS, s * stepC + c * stepS)
      envelope += slope
    }
    (cosine, sine, self.envelope) = (c, s, target)
  }

  private mutating func renderChorus(into block: inout MutableSpan<SIMD2<Float>>, at seconds: Double) {
    let fade = Curves.crossfade(at: seconds, spanSeconds: spanSeconds, fadeSeconds: Crickets.crossfadeSeconds)
    let target = Float(chorusGain * fade * flutter.gain(at: seconds))
    guard target > 1e-9 || chorusLevel > 1e-9 else { return }
    var ramp = Ramp(from: chorusLevel, to: target, frames: block.count)
    for i in block.indices { block[i] += ramp.next() * SIMD2(chorusLeft.next(), chorusRight.next()) }
    chorusLevel = target
  }
}
