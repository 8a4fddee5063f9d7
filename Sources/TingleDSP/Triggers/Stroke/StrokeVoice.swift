/// A run of hand strokes: hand motion -> contact -> subsonic high-pass, plus slow breaths.
public struct StrokeVoice: Voice {
  public typealias Settings = Stroke

  /// What the hand strokes, and the noise of the breath.
  public struct Shared: Sendable {
    let settings: Stroke
    let contact: Contact.Prepared
    let breath: BandNoise
  }

  private var strokes: StrokedContact
  private var breaths = InlineList<6, SlowBreath>(repeating: SlowBreath())

  public static func prepare(_ settings: Stroke, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      contact: Contact.Prepared(
        settings.material.model, levelDB: settings.intensityDB, draws: layer, sampleRate: sampleRate),
      breath: BandNoise(lowHz: 220, highHz: 1500, draws: layer, sampleRate: sampleRate))
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    strokes = StrokedContact(
      shared.contact, settings.material.manner, strokesPerSecond: settings.strokesPerSecond,
      rest: settings.rest, cue: cue)
    guard settings.breathDB > -60 else { return }
    // Breaths have their own timing. A voice renders those that start within its span.
    let first = Int((cue.seconds / SlowBreath.periodSeconds).rounded(.down)) - 1
    for number in first...(first + 5) {
      var dice = Dice(cue.layer.branch("breath").branch(number))
      let start = (Double(number) + 0.15 * dice.clippedGaussian()) * SlowBreath.periodSeconds - cue.seconds
      guard start >= 0, start < cue.spanSeconds else { continue }
      breaths.append(
        SlowBreath(
          shared.breath, level: 0.25 * Maths.amplitude(dB: settings.breathDB), startSeconds: start,
          dice: &dice, sampleRate: shared.contact.sampleRate))
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let isStroking = strokes.render(into: &block)
    breaths.forEach { $0.render(into: &block) }
    breaths.removeAll { $0.isOver }
    return isStroking || !breaths.isEmpty
  }
}
