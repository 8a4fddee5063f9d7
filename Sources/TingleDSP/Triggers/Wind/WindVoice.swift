/// A section of wind: octaves of turbulence, leaves as a field of rustles, and gaps that resonate. All follow
/// one speed, which is a pure function of the time in the mix.
///
/// A gap whistles at a pitch and a level that rise with the speed: A. Farnell, "Designing Sound" (2010),
/// chapter 41.
public struct WindVoice: Voice {
  public typealias Settings = Wind

  /// The noise bands, the leaves and the gaps.
  public struct Shared: Sendable {
    let settings: Wind
    let turbulence: OctaveNoise.Prepared
    let leaves: SplashField.Prepared?
    fileprivate let whistles: InlineList<2, Whistle>
    let depthDB, tiltPerStep, leavesGain, flutterPerSecond: Double
    let gain: Double
    let sampleRate: Double
  }

  fileprivate struct Whistle: Sendable {
    var filter = StateVariable<SIMD2<Float>>(cutoffHz: 1000, q: 1, sampleRate: 48_000)
    var hz = 0.0
    var q = 1.0
    var amplitude = 0.0
    var gain: Float = 0
    var balance = 0.0
  }

  private var turbulence: OctaveNoise
  private var leaves: SplashField?
  private var whistles: InlineList<2, Whistle>
  private var air: WhiteNoise
  private var subsonic: Subsonic
  private let depthDB, tiltPerStep, leavesGain, flutterPerSecond: Double
  private let speed: Drift
  private let eddies: Gusts
  private let side: Drift
  private let gusts: Double
  private let gain: Double
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  private var dice: Dice
  // The time to the next rustle, in mean intervals.
  private var untilRustle = 0.0
  private var frame = 0

  /// The standard deviation of the level of a rustle.
  private static let rustleSpreadDB = 5.0

  public static func prepare(_ settings: Wind, layer: Draws, sampleRate: Double) -> Shared {
    var model = settings.kind.model
    // Stronger wind is brighter.
    model.leaves?.highSlope.dBPerOctave -= 0.08 * settings.intensityDB
    for k in 0..<8 { model.levelsDB[k] += 0.08 * settings.intensityDB * (Double(k) - 3) }
    let cutDB = { (hz: Double) in TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz) }
    let power = SplashField.meanPower(perSecond: model.flutterPerSecond, spreadDB: rustleSpreadDB)
    var whistles = InlineList<2, Whistle>(repeating: Whistle())
    for (k, whistle) in model.whistles.enumerated() {
      whistles.append(
        Whistle(
          hz: whistle.hz, q: whistle.q, amplitude: Maths.amplitude(dB: whistle.levelDB + settings.howlDB),
          balance: k == 0 ? -0.3 : 0.35))
    }
    return Shared(
      settings: settings,
      turbulence: OctaveNoise.Prepared(levelsDB: model.levelsDB, cutDB: cutDB, sampleRate: sampleRate),
      leaves: model.leaves.map {
        SplashField.Prepared(
          $0, draws: layer.branch("leaves"), sampleRate: sampleRate, cutDB: cutDB, eventPower: { _ in power })
      },
      whistles: whistles, depthDB: model.depthDB, tiltPerStep: model.tiltPerStep,
      leavesGain: Maths.amplitude(dB: model.leavesDB), flutterPerSecond: model.flutterPerSecond,
      gain: 0.03 * Maths.amplitude(dB: settings.intensityDB), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    turbulence = OctaveNoise(shared.turbulence, draws: cue.draws.branch("turbulence"))
    leaves = nil
    if let prepared = shared.leaves { leaves = SplashField(prepared, draws: cue.draws.branch("leaves")) }
    whistles = shared.whistles
    (depthDB, tiltPerStep) = (shared.depthDB, shared.tiltPerStep)
    (leavesGain, flutterPerSecond) = (shared.leavesGain, shared.flutterPerSecond)
    air = WhiteNoise(cue.draws.branch("air"))
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    speed = Drift(cue.layer.branch("speed"), slowestSeconds: 16, octaves: 5)
    eddies = Gusts(depthDB: 1, highestHz: 3, draws: cue.layer.branch("eddies"))
    side = Drift(cue.layer.branch("side"), slowestSeconds: 8, octaves: 3)
    gusts = settings.gusts
    gain = shared.gain
    sampleRate = shared.sampleRate
    (startSeconds, spanSeconds) = (cue.seconds, cue.spanSeconds)
    dice = Dice(cue.draws.branch("rustles"))
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    let now = startSeconds + end
    // The deviation of the speed from its mean.
    let deviation = gusts * max(-2.2, min(2.2, speed.value(at: now)))
    let fade = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Wind.crossfadeSeconds)
    let levelDB = depthDB * deviation + gusts * eddies.levelDB(at: now)
    let level = gain * fade * Maths.amplitude(dB: levelDB)
    renderTurbulence(level, deviation, at: now, into: &block)
    renderLeaves(level * Maths.amplitude(dB: 0.5 * depthDB * deviation), into: &block)
    for k in 0..<whistles.count { renderWhistle(k, fade, deviation, into: &block) }
    subsonic.process(&block)
    return end < spanSeconds + Wind.crossfadeSeconds
  }

  private mutating func renderTurbulence(
    _ level: Double, _ deviation: Double, at seconds: Double, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    let tilt = tiltPerStep * deviation
    let sideDB = 1.2 * side.value(at: seconds)
    var gains = SIMD8<Float>.zero
    for k in 0..<8 { gains[k] = Float(level * Maths.amplitude(dB: tilt * (Double(k) - 2))) }
    let (left, right) = (Float(Maths.amplitude(dB: sideDB)), Float(Maths.amplitude(dB: -sideDB)))
    turbulence.render(into: &block, left: left * gains, right: right * gains)
  }

  private mutating func renderLeaves(_ level: Double, into block: inout MutableSpan<SIMD2<Float>>) {
    guard leaves != nil else { return }
    var (until, dice) = (untilRustle, dice)
    let intervals = flutterPerSecond / sampleRate
    leaves?.render(into: &block, level: Float(leavesGain * level)) { field, frames in
      until -= Double(frames) * intervals
      while until < 0 {
        until += dice.exponential(mean: 1)
        let ears = SIMD2<Float>.balanced(dice.uniform(-0.8...0.8))
        field.push(power: 1, spreadDB: Self.rustleSpreadDB, tilt: (0, 1.5), ears: ears * ears, dice: &dice)
      }
    }
    (untilRustle, self.dice) = (until, dice)
  }

  private mutating func renderWhistle(
    _ k: Int, _ fade: Double, _ deviation: Double, into block: inout MutableSpan<SIMD2<Float>>
  ) {
    let whistle = whistles[k]
    let hz = whistle.hz * Maths.exp(0.2 * deviation)
    var filter = whistle.filter
    filter.tune(cutoffHz: hz, q: whistle.q, sampleRate: sampleRate)
    // Gaps sing only in stronger wind. A band of white noise has a power of π/2 · f/Q hertz.
    let band = (0.5 * sampleRate / (0.5 * .pi * hz / whistle.q)).squareRoot()
    let target = Float(
      gain * fade * whistle.amplitude * band * Maths.amplitude(dB: 2 * depthDB * deviation - 2))
    var ramp = Ramp(from: whistle.gain, to: target, frames: block.count)
    let ears = SIMD2<Float>.balanced(whistle.balance)
    for i in block.indices { block[i] += ramp.next() * (ears * filter.process(air.nextPair()).band) }
    whistles[k].filter = filter
    whistles[k].gain = target
  }
}
