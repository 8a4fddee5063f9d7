/// A run of keys: hands -> contacts (touch, click, bottom, bounce, top) -> modes of the plate + thud of the
/// case + noise -> low-pass of the air and the caps -> subsonic high-pass.
public struct TypingVoice: Voice {
  public typealias Settings = Typing

  /// The keyboard and the text.
  public struct Shared: Sendable {
    let keyboard: Keyboard
    let air: BiquadCoefficients
    let runs: [KeyRun]
    /// Whether the runs come in order.
    let isText: Bool
    let keysPerSecond: Double
    let rest: Double
    let carriageSeconds: Double
  }

  /// The longest time that a run sounds after the start of the next one.
  static let tailSeconds = 1.2

  private let keyboard: Keyboard
  private var run: KeyRun
  private var dice: Dice
  private var contacts = InlineList<96, KeyContact>(repeating: KeyContact())
  private var strikes = InlineList<20, Strike>(repeating: Strike())
  private var noises = SplashBank()
  private var air: Biquad<SIMD2<Float>>
  private var subsonic: Subsonic
  private let tempo: Drift
  private let startSeconds: Double
  private let secondsPerKey: Double
  private let vigourDB: Double
  private let sampleRate: Double
  private var nextKey = 0
  private var nextSeconds: Double
  private var frame = 0

  /// The longest time by which a contact precedes the bottom of its key.
  private static let lookAheadSeconds = 0.1
  /// How far a short run is stretched to fill its span.
  private static let longestStretch = 1.25
  /// Above this frequency keys are soft.
  private static let airHz = 9000.0

  public static func prepare(_ settings: Typing, layer: Draws, sampleRate: Double) -> Shared {
    let text = KeyRun.runs(of: settings.text)
    return Shared(
      keyboard: Keyboard(settings, draws: layer, sampleRate: sampleRate),
      air: .lowPass(cutoffHz: airHz, q: 0.7071, sampleRate: sampleRate),
      runs: text.isEmpty ? KeyRun.random(64, draws: layer.branch("words")) : text, isText: !text.isEmpty,
      keysPerSecond: settings.keysPerSecond, rest: settings.rest,
      carriageSeconds: settings.kind.carriageSeconds)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    keyboard = shared.keyboard
    sampleRate = shared.keyboard.sampleRate
    air = Biquad(shared.air)
    subsonic = Subsonic(sampleRate: shared.keyboard.sampleRate)
    var dice = Dice(cue.draws.branch("hands"))
    let count = shared.runs.count
    run = shared.runs[shared.isText ? ((cue.index % count) + count) % count : dice.choose(count)]
    let lead = dice.uniform(0.05...0.15)
    // The run takes its time, but ends with its pause before the next one.
    var intervals = 0.0
    for k in 1..<max(2, run.keys.count) {
      intervals += KeyRun.interval(from: run.keys[k - 1], to: run.keys[k])
    }
    let pause = shared.rest * dice.uniform(0.05...0.5) + shared.carriageSeconds
    secondsPerKey = min(
      Self.longestStretch / (shared.keysPerSecond * cue.pace),
      max(0.3, cue.spanSeconds - lead - pause) / intervals)
    nextSeconds = lead
    startSeconds = cue.seconds
    tempo = Drift(cue.layer.branch("tempo"), slowestSeconds: 60, octaves: 5)
    vigourDB = 1.2 * Drift(cue.layer.branch("vigour"), slowestSeconds: 90, octaves: 4).value(at: cue.seconds)
    self.dice = dice
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    while nextKey < run.keys.count, nextSeconds < end + Self.lookAheadSeconds { planKey() }
    for k in contacts.indices where contacts[k].seconds < end {
      let contact = contacts[k]
      keyboard.start(
        contact, delayFrames: max(0, Int(contact.seconds * sampleRate) - frame), strikes: &strikes,
        noises: &noises)
    }
    contacts.removeAll { $0.seconds < end }
    strikes.forEach { $0.render(into: &block) }
    strikes.removeAll { $0.isOver }
    noises.render(into: &block)
    var air = air
    for i in block.indices { block[i] = air.process(block[i]) }
    self.air = air
    subsonic.process(&block)
    frame += block.count
    return nextKey < run.keys.count || !contacts.isEmpty || !strikes.isEmpty || !noises.isOver
  }

  /// Plans the contacts of the next key, and the time of the one after it.
  private mutating func planKey() {
    let key = run.keys[nextKey]
    let seconds = nextSeconds
    let forceDB = vigourDB + keyboard.model.spreadDB * dice.clippedGaussian() + (key.isWide ? 1 : 0)
    keyboard.plan(key, at: seconds, forceDB: forceDB, into: &contacts, dice: &dice)
    nextKey += 1
    guard nextKey < run.keys.count else {
      keyboard.planRest(after: seconds, into: &contacts, dice: &dice)
      return
    }
    let interval = KeyRun.interval(from: key, to: run.keys[nextKey])
    let drift = 1 + 0.05 * max(-2, min(2, tempo.value(at: startSeconds + seconds)))
    nextSeconds += max(0.03, secondsPerKey * interval * drift * min(2, dice.logNormal(sigma: 0.22)))
  }
}
