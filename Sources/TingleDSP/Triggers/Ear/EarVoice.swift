/// Puffs of air, a brush, or a section of the air under a hand or in a shell.
///
/// Blowing: octaves of turbulence, each with a flutter of its own and independent at the two ears. Cupping
/// and seashell: octaves of the air of a room -> resonances of the cavity. Brushing: hand motion -> contact.
public struct EarVoice: Voice {
  public typealias Settings = Ear

  /// The noise and the brush.
  public struct Shared: Sendable {
    let settings: Ear
    let noise: OctaveNoise.Prepared
    let brush: Contact.Prepared
    let sampleRate: Double
  }

  private var air: EarAir
  private var strokes: StrokedContact?
  private let sides: SIMD2<Float>

  public static func prepare(_ settings: Ear, layer: Draws, sampleRate: Double) -> Shared {
    let cutDB = { (hz: Double) in TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz) }
    return Shared(
      settings: settings,
      noise: OctaveNoise.Prepared(
        levelsDB: settings.kind.levelsDB, cutDB: cutDB, isDiffuse: settings.kind != .blowing,
        sampleRate: sampleRate),
      brush: Contact.Prepared(
        settings.kind.brush, brightness: Maths.amplitude(dB: -0.4 * settings.trebleCutDB),
        levelDB: settings.intensityDB, draws: layer, sampleRate: sampleRate),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    // One ear, then the other; now and then the same one again.
    var dice = Dice(cue.draws.branch("side"))
    let isLeft = cue.index.isMultiple(of: 2) != dice.chance(0.12)
    let far = Float(1 - settings.separation)
    sides = isLeft ? SIMD2(1, far) : SIMD2(far, 1)
    air = EarAir(shared.noise, settings, sides: sides, cue: cue)
    strokes = nil
    if settings.kind == .brushing {
      strokes = StrokedContact(
        shared.brush, settings.kind.brushing, strokesPerSecond: settings.gesturesPerSecond, rest: 1, cue: cue)
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    guard strokes != nil else { return air.render(into: &block) }
    let isStroking = strokes!.render(into: &block)
    for i in block.indices { block[i] *= sides }
    return isStroking
  }
}
