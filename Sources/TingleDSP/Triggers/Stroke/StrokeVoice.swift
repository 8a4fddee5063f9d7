/// Some strokes of a hand, and the breaths that begin meanwhile.
public struct StrokeVoice: Voice {
  public typealias Settings = Stroke

  /// What is stroked.
  public struct Shared: Sendable {
    let settings: Stroke
    let contact: Contact.Prepared
    let breath: BandNoise
  }

  private var strokes: StrokedContact
  private var breaths = InlineList<6, Breath>(repeating: Breath())

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
    // Breaths have a time of their own, whatever the hand does: those that begin in this voice's span are
    // this voice's.
    let first = Int((cue.seconds / Breath.periodSeconds).rounded(.down)) - 1
    for number in first...(first + 5) {
      var dice = Dice(cue.layer.branch("breath").branch(number))
      let start = (Double(number) + 0.15 * dice.clippedGaussian()) * Breath.periodSeconds - cue.seconds
      guard start >= 0, start < cue.spanSeconds else { continue }
      breaths.append(
        Breath(
          shared.breath, level: 0.25 * Maths.amplitude(dB: settings.breathDB), startSeconds: start,
          dice: &dice, sampleRate: shared.contact.sampleRate))
    }
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let goesOn = strokes.render(into: &block)
    breaths.forEach { $0.render(into: &block) }
    breaths.removeAll { $0.isOver }
    return goesOn || !breaths.isEmpty
  }
}

/// One slow breath of somebody at ease: in, and longer out.
struct Breath: Sendable {
  /// From one to the next, on the mean.
  static let periodSeconds = 3.8

  private var noise = BandNoise(lowHz: 220, highHz: 1500, draws: Draws(seed: 0), sampleRate: 48000)
  private var delay = StartDelay()
  private var inFrames = 0
  private var outFrames = 0
  private var age = 0
  private var level: Double = 0

  /// A breath that is over.
  init() {}

  /// - Parameters:
  ///   - level: the highest amplitude.
  ///   - startSeconds: from the voice's start.
  init(_ noise: BandNoise, level: Double, startSeconds: Double, dice: inout Dice, sampleRate: Double) {
    self.noise = noise.withDraws(dice.fork())
    self.level = level * dice.gain(spreadDB: 1.5)
    delay = StartDelay(frames: Int(startSeconds * sampleRate))
    inFrames = Int(dice.uniform(0.9...1.3) * sampleRate)
    outFrames = Int(dice.uniform(1.3...1.9) * sampleRate)
  }

  var isOver: Bool { age >= inFrames + outFrames }

  mutating func render(into block: inout MutableSpan<SIMD2<Float>>) {
    guard let first = delay.firstFrame(inBlockOf: block.count) else { return }
    let count = min(block.count - first, inFrames + outFrames - age)
    guard count > 0 else { return }
    var ramp = Ramp(from: amplitude(at: age), to: amplitude(at: age + count), frames: count)
    for i in first..<first + count { block[i] += SIMD2(repeating: ramp.next() * noise.next()) }
    age += count
  }

  private func amplitude(at age: Int) -> Float {
    age < inFrames
      ? Float(0.6 * level * Curves.bell(Double(age) / Double(inFrames)))
      : Float(level * Curves.bell(Maths.pow(Double(age - inFrames) / Double(outFrames), 0.7)))
  }
}
