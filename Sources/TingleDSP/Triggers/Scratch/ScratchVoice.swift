/// A run of scratches: hand motion -> contact of the nails -> low-pass of the foam -> opposite
/// phase of the low frequencies.
public struct ScratchVoice: Voice {
  public typealias Settings = Scratch

  /// What is scratched.
  public struct Shared: Sendable {
    let settings: Scratch
    let contact: Contact.Prepared
  }

  private var strokes: StrokedContact
  private var foam: OnePole<SIMD2<Float>>?
  private var opposition: PhaseOpposition?

  public static func prepare(_ settings: Scratch, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      contact: Contact.Prepared(
        settings.material.model, brightness: settings.hardness, levelDB: settings.intensityDB, draws: layer,
        sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    strokes = StrokedContact(
      shared.contact, settings.material.manner, strokesPerSecond: settings.strokesPerSecond,
      rest: settings.rest, cue: cue)
    foam = settings.material.foamHz.map { OnePole(cutoffHz: $0, sampleRate: cue.sampleRate) }
    opposition = settings.material.isOpposed ? PhaseOpposition(sampleRate: cue.sampleRate) : nil
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let isScratching = strokes.render(into: &block)
    if var filter = foam {
      for i in block.indices { block[i] = filter.lowPass(block[i]) }
      foam = filter
    }
    opposition?.process(&block)
    return isScratching
  }
}
