/// One heartbeat: two groups of low damped modes, and noise bands for the blood.
///
/// The first sound is that of the valves between the chambers, with modes from 40 to 160 Hz; the second, a
/// third of a second later, is shorter and a little higher.
public struct HeartVoice: Voice {
  public typealias Settings = Heart

  /// The noise bands of the blood.
  public struct Shared: Sendable {
    let settings: Heart
    let first, second: HeartSound
    let blood: FourBands
    /// A factor on the frequencies of this heart.
    let size: Double
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 0.2
  private static let leadSeconds = 0.06
  private var sounds = InlineList<2, Strike>(repeating: Strike())
  private var blood: WideBands
  private let bloodLevel: Double
  private let model: HeartModel
  private let surgeSeconds: Double
  private let spanSeconds: Double
  private let sampleRate: Double
  private var subsonic: Subsonic
  private var frame = 0

  public static func prepare(_ settings: Heart, layer: Draws, sampleRate: Double) -> Shared {
    var dice = Dice(layer.branch("heart"))
    return Shared(
      settings: settings, first: .first, second: .second,
      blood: FourBands(
        edgesHz: (50...110, 90...200, 170...380, 330...700), draws: layer, sampleRate: sampleRate),
      size: Maths.exp(0.06 * dice.clippedGaussian()), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    blood = WideBands(shared.blood, shared: 0.5, draws: cue.draws.branch("blood"))
    model = settings.kind.model
    bloodLevel = Maths.amplitude(dB: settings.bloodDB + model.bloodDB)
    var dice = Dice(cue.draws.branch("beat"))
    // Heart and breath: the beats change a little with each breath.
    let breath = Drift(cue.layer.branch("breath"), slowestSeconds: 2.2, octaves: 1)
    let level =
      0.3 * Maths.amplitude(dB: settings.intensityDB + 0.8 * breath.value(at: cue.seconds))
      * dice.gain(spreadDB: 0.6)
    // The second sound comes sooner when the heart is fast, but less than in proportion.
    let systole =
      0.33 * Maths.pow(0.9 / (settings.beatsPerSecond * cue.pace), 0.4) * (1 + 0.02 * dice.clippedGaussian())
    surgeSeconds = systole
    addSound(shared.first, level, at: Self.leadSeconds, shared.size, &dice)
    addSound(shared.second, model.secondLevel * level, at: Self.leadSeconds + systole, shared.size, &dice)
  }

  /// Adds one heart sound.
  private mutating func addSound(
    _ sound: HeartSound, _ amplitude: Double, at seconds: Double, _ size: Double, _ dice: inout Dice
  ) {
    var strike = Strike(
      delayFrames: Int(seconds * sampleRate), onsetFrames: model.onsetSeconds * sampleRate)
    for k in 0..<6 {
      let mode = sound.modes[k]
      let hz = mode.hz * size
      let cut = 1 / (1 + hz / model.cutoffHz * hz / model.cutoffHz).squareRoot()
      strike.modes.set(
        k, frequencyHz: hz,
        dampingPerSecond: Mode.dampingPerSecond(t60Seconds: model.ring * mode.t60)
          * dice.logNormal(sigma: 0.06),
        gain: amplitude * cut * Maths.amplitude(dB: mode.dB + 0.8 * dice.gaussian()), phaseTurns: -0.25,
        balance: 0.1 * dice.clippedGaussian(), floor: 1e-4, sampleRate: sampleRate)
    }
    sounds.append(strike)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    sounds.forEach { $0.render(into: &block) }
    sounds.removeAll { $0.isOver }
    // The blood surges between the two sounds.
    let surge = Curves.bell((end - Self.leadSeconds) / (1.7 * surgeSeconds))
    let fade = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Self.crossfadeSeconds)
    let flow = model.restingBlood + (1 - model.restingBlood) * surge
    blood.render(into: &block, gains: Float(bloodLevel * fade * flow) * model.bloodGains)
    subsonic.process(&block)
    return end < spanSeconds + Self.crossfadeSeconds || !sounds.isEmpty
  }
}
