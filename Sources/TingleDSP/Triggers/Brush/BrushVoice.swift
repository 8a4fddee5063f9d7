/// A run of brush strokes: hand motion -> contact of the bristles -> subsonic high-pass.
public struct BrushVoice: Voice {
  public typealias Settings = Brush

  /// The brush and what it brushes.
  public struct Shared: Sendable {
    let settings: Brush
    let contact: Contact.Prepared
  }

  private var strokes: StrokedContact

  public static func prepare(_ settings: Brush, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      contact: Contact.Prepared(
        settings.material.model, brightness: settings.stiffness, levelDB: settings.intensityDB, draws: layer,
        sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    strokes = StrokedContact(
      shared.contact, settings.material.manner, strokesPerSecond: settings.strokesPerSecond,
      rest: settings.rest, cue: cue)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    strokes.render(into: &block)
  }
}
