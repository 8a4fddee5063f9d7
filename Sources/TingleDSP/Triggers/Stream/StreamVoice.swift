/// A section of a stream: lumps of water as a field of splashes, plus bubbles -> subsonic high-pass.
///
/// It crossfades into the next section.
public struct StreamVoice: Voice {
  public typealias Settings = Stream

  /// The field of splashes and the sizes of the bubbles.
  public struct Shared: Sendable {
    let water: RunningWater.Prepared
    let unrest: (depthDB: Double, highestHz: Double)
    let gain: Double
    let sampleRate: Double
  }

  private var water: RunningWater
  private var bubbles: Bubbles<3>
  private var subsonic: Subsonic
  private let unrest: Gusts
  private let gain: Double
  private let startSeconds, spanSeconds: Double
  private let sampleRate: Double
  private var frame = 0

  public static func prepare(_ settings: Stream, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.kind.model
    var water = model.water
    water.lumpsPerSecond *= settings.flow
    water.bubbles.perSecond *= settings.flow
    // Most bubbles ring near 2 kHz.
    water.bubbles.levelDB += settings.bubblesDB - TrebleCut.attenuationDB(settings.trebleCutDB, atHz: 2000)
    return Shared(
      water: RunningWater.Prepared(
        water, bubbleScale: Maths.pow(settings.flow, 0.25), draws: layer.branch("running"),
        sampleRate: sampleRate, cutDB: { TrebleCut.attenuationDB(settings.trebleCutDB, atHz: $0) }),
      unrest: (settings.unrest * model.unrest.depthDB, model.unrest.highestHz),
      gain: 0.03 * Maths.amplitude(dB: settings.intensityDB), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    water = RunningWater(shared.water, draws: cue.draws.branch("running"))
    bubbles = Bubbles(sampleRate: shared.sampleRate)
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    unrest = Gusts(
      depthDB: shared.unrest.depthDB, highestHz: shared.unrest.highestHz, draws: cue.layer.branch("unrest"))
    gain = shared.gain
    sampleRate = shared.sampleRate
    (startSeconds, spanSeconds) = (cue.seconds, cue.spanSeconds)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    let fade = Curves.crossfade(at: end, spanSeconds: spanSeconds, fadeSeconds: Stream.crossfadeSeconds)
    let level = gain * fade * Maths.amplitude(dB: unrest.levelDB(at: startSeconds + end))
    let isRunning = end < spanSeconds + Stream.crossfadeSeconds
    if isRunning { water.render(into: &block, bubbles: &bubbles, level: level) }
    bubbles.render(into: &block)
    subsonic.process(&block)
    return isRunning || !bubbles.isOver
  }
}
