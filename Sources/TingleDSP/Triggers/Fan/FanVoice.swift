/// A section of a machine's sound: octaves of noise with a level that turns and drifts, plus the tones of the
/// motor.
///
/// The noise crossfades into that of the next section; the tones go on.
public struct FanVoice: Voice {
  public typealias Settings = Fan

  /// The spectrum and the tones.
  public struct Shared: Sendable {
    let settings: Fan
    let noise: OctaveNoise.Prepared
    let hum: Hum
    let turning: (hz: Double, depthDB: Double)
    let unrest: (depthDB: Double, highestHz: Double)
    let sampleRate: Double
  }

  private static let gain = 0.04

  private var noise: OctaveNoise
  private var hum: Hum
  private var subsonic: Subsonic
  private let unrest: Gusts
  private let turning: (hz: Double, depthDB: Double)
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  private var frame = 0

  public static func prepare(_ settings: Fan, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    let cutDB = { (hz: Double) in TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz) }
    let tones = model.tones.map {
      Hum.Tone(
        frequencyHz: $0.frequencyHz,
        levelDB: $0.levelDB + settings.tonesDB - cutDB($0.frequencyHz * settings.speed))
    }
    return Shared(
      settings: settings,
      noise: OctaveNoise.Prepared(levelsDB: model.levelsDB, cutDB: cutDB, sampleRate: sampleRate),
      hum: Hum(tones, speed: settings.speed, drift: 0.01, draws: layer, sampleRate: sampleRate),
      turning: (model.turning.hz * settings.speed, settings.unrest * model.turning.depthDB),
      unrest: (settings.unrest * model.unrest.depthDB, model.unrest.highestHz), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    noise = OctaveNoise(shared.noise, draws: cue.draws)
    hum = shared.hum
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    unrest = Gusts(
      depthDB: shared.unrest.depthDB, highestHz: shared.unrest.highestHz, draws: cue.layer.branch("unrest"))
    turning = shared.turning
    sampleRate = shared.sampleRate
    startSeconds = cue.seconds
    spanSeconds = cue.spanSeconds
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    let now = startSeconds + end
    let turn = Maths.sinCos(turns: turning.hz * now)
    let levelDB = unrest.levelDB(at: now) + turning.depthDB * turn.sin
    let fade = Fan.crossfadeSeconds
    let level = Self.gain * Maths.amplitude(dB: levelDB)
    // The blades turn past one ear, then past the other.
    let side = Maths.amplitude(dB: 0.5 * turning.depthDB * turn.cos)
    let noiseGain = level * Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: fade)
    noise.render(
      into: &block, left: SIMD8(repeating: Float(noiseGain * side)),
      right: SIMD8(repeating: Float(noiseGain / side)))
    // The same tones in both sections: their amplitudes add.
    let share = min(1, max(0, end / fade)) - min(1, max(0, (end - spanSeconds) / fade))
    hum.render(into: &block, at: startSeconds + start, gain: Float(level * share))
    subsonic.process(&block)
    return end < spanSeconds + fade
  }
}
