/// A section of rain: near drops over a field of rain at all distances.
///
/// The field crossfades into that of the next section; the near drops are the section's own.
public struct RainVoice: Voice {
  public typealias Settings = Rain

  /// The field, the surface, and the gains.
  public struct Shared: Sendable {
    let settings: Rain
    let field: RainField.Prepared
    let near: NearDrops.Prepared
    let gusts: (depthDB: Double, highestHz: Double)
    let gain: Double
    let fieldGain: Double
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.0

  private var field: RainField
  private var near: NearDrops
  private var drips: Drips?
  private let changes: Drift
  private let gusts: Gusts
  private let gain: Double
  private let fieldGain: Double
  private let changeDepth: Double
  private let sampleRate: Double
  private let startSeconds: Double
  private let spanSeconds: Double
  private var frame = 0

  public static func prepare(_ settings: Rain, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.surface.model
    let cutDB = settings.trebleCutDB
    let field = RainField.Prepared(
      model.field, rainfall: settings.rainfall, draws: layer.branch("field"), sampleRate: sampleRate,
      cutDB: { TrebleCut.attenuationDB(cutDB, atHz: $0) })
    let fieldGain = field.relativeGain * Maths.amplitude(dB: settings.diffuseDB)
    return Shared(
      settings: settings, field: field,
      near: NearDrops.Prepared(
        model.near, model.field, field: field, rainfall: settings.rainfall,
        dropsPerSecond: settings.dropsPerSecond, referencePerSecond: model.dropsPerSecond,
        trebleCutDB: cutDB, fieldGain: fieldGain, draws: layer, sampleRate: sampleRate),
      gusts: model.gusts,
      gain: Maths.amplitude(dB: settings.intensityDB + settings.surface.calibrationDB),
      fieldGain: fieldGain, sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    startSeconds = cue.seconds
    // All voices of the layer follow the same gusts, so that a crossfade does not change the level.
    changes = Drift(cue.layer.branch("gusts"), slowestSeconds: 120, octaves: 4)
    gusts = Gusts(
      depthDB: shared.gusts.depthDB, highestHz: shared.gusts.highestHz, draws: cue.layer.branch("unrest"))
    (gain, fieldGain, changeDepth) = (shared.gain, shared.fieldGain, 0.32 * shared.settings.gusts)
    field = RainField(shared.field, draws: cue.draws.branch("field"))
    near = NearDrops(shared.near, pace: cue.pace, draws: cue.draws.branch("near"))
    drips = shared.settings.surface == .eaves ? Drips(cue.layer.branch("drips")) : nil
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    // Level and rate both rise with the changes over minutes. Near drops follow half of the gusts.
    let change = Maths.exp(changeDepth * max(-2, min(2, changes.value(at: startSeconds + end))))
    let gust = Maths.amplitude(dB: 0.5 * gusts.levelDB(at: startSeconds + end))
    if start < spanSeconds {
      near.advance(
        seconds: min(end, spanSeconds) - start, gain: gain * change * gust, rate: change, field: &field)
      addDrips(from: start, to: min(end, spanSeconds))
    }
    near.render(into: &block)
    let fade = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Self.crossfadeSeconds)
    field.render(into: &block, level: Float(gain * fieldGain * change * gust * gust * fade))
    return end < spanSeconds + Self.crossfadeSeconds || !near.isOver
  }

  private mutating func addDrips(from start: Double, to end: Double) {
    let startSeconds = startSeconds
    drips?.forEach(from: startSeconds + start, to: startSeconds + end) { drip in
      near.drip(
        strength: drip.strength, balance: drip.balance, gain: gain,
        delaySeconds: max(0, drip.seconds - startSeconds - start))
    }
  }
}
