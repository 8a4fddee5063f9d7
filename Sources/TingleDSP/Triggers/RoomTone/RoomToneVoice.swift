/// A stretch of a room's quiet that fades into the next.
public struct RoomToneVoice: Voice {
  public typealias Settings = RoomTone

  /// The room and the house.
  public struct Shared: Sendable {
    let settings: RoomTone
    let air: FourBands
    let house: Chime
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.5

  private var air: WideBands
  private var knocks = InlineList<12, Ring>(repeating: Ring())
  private let settings: RoomTone
  private let sampleRate: Double
  private let spanSeconds: Double
  private let breath: Double
  private var frame = 0

  public static func prepare(_ settings: RoomTone, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      air: FourBands(
        edgesHz: (70...180, 140...450, 400...1400, 1400...6000), draws: layer, sampleRate: sampleRate),
      house: Chime(
        .init(rangeHz: 55...320, t60Seconds: (0.35, 0.12), tiltDBPerOctave: -6), draws: layer.branch("house")),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    air = WideBands(shared.air, draws: cue.draws)
    let wander = Drift(cue.layer.branch("air"), slowestSeconds: 90, octaves: 3)
    breath = Maths.exp(0.12 * max(-2, min(2, wander.value(at: cue.seconds))))
    var dice = Dice(cue.draws.branch("house"))
    for _ in 0..<min(2, dice.poisson(mean: settings.eventsPerSecond * spanSeconds)) {
      hear(shared.house, at: dice.uniform() * spanSeconds, &dice)
    }
  }

  /// A door, steps on a stair, something put down: never more than a few soft knocks.
  private mutating func hear(_ house: borrowing Chime, at start: Double, _ dice: inout Dice) {
    let strength = 0.6 * Maths.amplitude(dB: settings.houseDB) * dice.gain(spreadDB: 4)
    let side = 0.6 * dice.uniform(-1...1)
    let place = dice.uniform()
    var clock = start
    for _ in 0..<dice.whole(1...4) {
      knocks.append(
        Ring(
          house, amplitude: strength * dice.gain(spreadDB: 2), contactSeconds: dice.uniform(3e-3...7e-3),
          position: place + 0.05 * dice.gaussian(), balance: side, delayFrames: Int(clock * sampleRate),
          sampleRate: sampleRate))
      clock += dice.uniform(0.35...0.65)
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    knocks.forEach { $0.render(into: &block) }
    knocks.removeAll { $0.isOver }
    let fade = Self.crossfadeSeconds
    let level = Float(
      0.1 * breath * Curves.equalPower(end / fade).fadeIn
        * Curves.equalPower((end - spanSeconds) / fade).fadeOut)
    let bright = Float(Maths.amplitude(dB: settings.airDB))
    air.render(
      into: &block,
      gains: level > 1e-6 ? level * SIMD4(1, 0.5, 0.16 * bright, 0.05 * bright) : .zero)
    return end < spanSeconds + fade || !knocks.isEmpty
  }
}
