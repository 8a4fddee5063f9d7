/// A tick and a tock: each has three strikes of the escapement (unlock, impulse, drop) -> works + case ->
/// reflections of the surroundings -> subsonic high-pass.
public struct ClockVoice: Voice {
  public typealias Settings = Clock

  /// The works, the case, and what surrounds the clock.
  public struct Shared: Sendable {
    let settings: Clock
    let works: Chime
    let body: Chime
    let surroundings: Surroundings.Prepared
    let sampleRate: Double
  }

  private var subsonic: Subsonic
  private var surroundings: Surroundings
  private var rings = InlineList<16, Ring>(repeating: Ring())

  /// The delay from the start of the voice to the tick.
  private static let leadSeconds = 0.01
  /// The time that the sound takes from the works to the case.
  private static let caseDelaySeconds = 0.0006
  private static let caseContactSeconds = 0.0004
  /// The level of the case relative to the works.
  private static let caseDB = -14.0
  /// A shelf before a wall, in a small furnished room: the first reflection comes 3 ms after the sound.
  private static let shelf = Surroundings.Model(
    delaySeconds: 0.003...0.021, t60Seconds: (0.35, 0.18), crossoverHz: 4000)

  public static func prepare(_ settings: Clock, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings, works: Chime(settings.kind.works, draws: layer.branch("works")),
      body: Chime(settings.kind.body, draws: layer.branch("case")),
      surroundings: Surroundings.Prepared(
        Self.shelf, levelDB: settings.reflectionsDB, sampleRate: sampleRate), sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    surroundings = Surroundings(shared.surroundings)
    var dice = Dice(cue.draws)
    let settings = shared.settings
    let level = Maths.amplitude(dB: settings.intensityDB + settings.kind.calibrationDB)
    // The beat drifts slightly as the wheels turn.
    let wander = Drift(cue.layer.branch("wheels"), slowestSeconds: 60, octaves: 6)
    let unevenness = 0.003 * wander.value(at: cue.seconds)
    for side in 0..<2 {
      let beat = 0.5 * (Double(side) * (1 + settings.swing) + unevenness) * cue.spanSeconds
      // The two pallets of the escapement strike the works at different points.
      let position = side == 0 ? 0.2 : 0.65
      // The two pallets also let the wheel drop for different times.
      let drop = settings.kind.dropSeconds * (side == 0 ? 1 : 1.25)
      let weight = (side == 0 ? 1.0 : 0.8) * dice.gain(spreadDB: 0.7)
      // Unlock, impulse and drop: the time as a share of `drop`, and the level in decibels.
      let stages = [(0.0, -10.0), (0.8, -5.0), (1.0, 0.0)] as InlineArray<3, (Double, Double)>
      for k in stages.indices {
        let seconds =
          Self.leadSeconds + max(0, beat) + stages[k].0 * drop * dice.logNormal(sigma: 0.02)
        let amplitude = level * weight * Maths.amplitude(dB: stages[k].1) * dice.gain(spreadDB: 1)
        let frames = Int(seconds * shared.sampleRate)
        let contact = dice.uniform(120e-6...220e-6)
        rings.append(
          Ring(
            shared.works, amplitude: amplitude, contactSeconds: contact,
            position: position + 0.03 * dice.clippedGaussian(), balance: 0, delayFrames: frames,
            sampleRate: shared.sampleRate))
        // The unlocking is too weak to excite the case.
        guard k > 0 else { continue }
        rings.append(
          Ring(
            shared.body, amplitude: Maths.amplitude(dB: Self.caseDB) * amplitude * dice.gain(spreadDB: 1),
            contactSeconds: Self.caseContactSeconds,
            position: position + 0.02 * dice.clippedGaussian(), balance: 0.1,
            delayFrames: frames + Int(Self.caseDelaySeconds * shared.sampleRate),
            sampleRate: shared.sampleRate))
      }
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    rings.forEach { $0.render(into: &block) }
    surroundings.process(&block, isSounding: !rings.isEmpty)
    rings.removeAll { $0.isOver }
    subsonic.process(&block)
    return !rings.isEmpty || !surroundings.isOver
  }
}
