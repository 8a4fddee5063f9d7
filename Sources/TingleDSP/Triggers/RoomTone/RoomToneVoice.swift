/// A section of room tone: noise bands for the air, plus soft knocks from the house (struck low modes).
///
/// The air crossfades into that of the next section.
public struct RoomToneVoice: Voice {
  public typealias Settings = RoomTone

  /// The noise bands of the air, and the modes of the house.
  public struct Shared: Sendable {
    let settings: RoomTone
    let air: FourBands
    let house: Chime
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.5
  /// The most sounds of the house in one voice.
  private static let mostEvents = 2

  private var air: WideBands
  private var knocks = InlineList<12, Ring>(repeating: Ring())
  private let settings: RoomTone
  private let sampleRate: Double
  private let spanSeconds: Double
  private let airLevel: Double
  private var frame = 0

  public static func prepare(_ settings: RoomTone, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      air: FourBands(
        edgesHz: (70...180, 140...450, 400...1400, 1400...6000), draws: layer, sampleRate: sampleRate),
      house: Chime(
        .init(rangeHz: 55...320, t60Seconds: (0.35, 0.12), tiltDBPerOctave: -6),
        draws: layer.branch("house")),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    air = WideBands(shared.air, draws: cue.draws)
    let wander = Drift(cue.layer.branch("air"), slowestSeconds: 90, octaves: 3)
    airLevel = Maths.exp(0.12 * max(-2, min(2, wander.value(at: cue.seconds))))
    var dice = Dice(cue.draws.branch("house"))
    for _ in 0..<min(Self.mostEvents, dice.poisson(mean: settings.eventsPerSecond * spanSeconds)) {
      addKnocks(on: shared.house, at: dice.uniform() * spanSeconds, &dice)
    }
  }

  /// Adds one to four soft knocks, as of a door or of steps on a stair.
  private mutating func addKnocks(on house: borrowing Chime, at start: Double, _ dice: inout Dice) {
    let strength = 0.6 * Maths.amplitude(dB: settings.houseDB) * dice.gain(spreadDB: 4)
    let balance = 0.6 * dice.uniform(-1...1)
    let position = dice.uniform()
    var clock = start
    for _ in 0..<dice.whole(1...4) {
      knocks.append(
        Ring(
          house, amplitude: strength * dice.gain(spreadDB: 2), contactSeconds: dice.uniform(3e-3...7e-3),
          position: position + 0.05 * dice.gaussian(), balance: balance,
          delayFrames: Int(clock * sampleRate), sampleRate: sampleRate))
      clock += dice.uniform(0.35...0.65)
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    knocks.forEach { $0.render(into: &block) }
    knocks.removeAll { $0.isOver }
    air.render(into: &block, gains: gains(at: end))
    return end < spanSeconds + Self.crossfadeSeconds || !knocks.isEmpty
  }

  /// The gains of the noise bands of the air.
  private func gains(at seconds: Double) -> SIMD4<Float> {
    let fade = Self.crossfadeSeconds
    let level = Float(
      0.1 * airLevel * Curves.equalPower(seconds / fade).fadeIn
        * Curves.equalPower((seconds - spanSeconds) / fade).fadeOut)
    let bright = Float(Maths.amplitude(dB: settings.airDB))
    return level > 1e-6 ? level * SIMD4(1, 0.5, 0.16 * bright, 0.05 * bright) : .zero
  }
}
