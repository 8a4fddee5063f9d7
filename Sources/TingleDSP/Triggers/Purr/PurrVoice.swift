/// One breath of a purring cat: pulses of the larynx -> modes of throat and chest, plus a burst of noise for
/// each pulse and the noise of the breath.
///
/// Purring lasts through both halves of the breath. The pulses come at 23 to 27 a second, a little faster
/// while the cat breathes out: D. E. Frazer Sissom, D. A. Rice and G. Peters, "How cats purr", J. Zool. 223
/// (1991) 67.
public struct PurrVoice: Voice {
  public typealias Settings = Purr

  /// The throat and the chest.
  public struct Shared: Sendable {
    let settings: Purr
    let body: ModalBank<1>
    let pushes: InlineArray<8, SIMD2<Float>>
    let frames: InlineArray<8, Int>
    let breath: FourBands
    fileprivate let formants: InlineArray<3, Formant>
    let sampleRate: Double
  }

  private static let modes: [(hz: Double, t60: Double, dB: Double)] = [
    (58, 0.11, -10.6), (105, 0.09, -4.4), (150, 0.08, 9.5), (205, 0.065, 7), (280, 0.053, -4.4),
    (390, 0.037, -34.5), (560, 0.023, -18.5), (850, 0.015, -14.3),
  ]
  /// The bands of the noise of a pulse: through the mouth, and through the nose, which opens on the way out.
  private static var usualFormants: InlineArray<3, Formant> {
    [
      Formant(hz: 500...1200, inDB: -7.2, outDB: -9.8, decaySeconds: 1.5e-3, onsetSeconds: 0.2e-3),
      Formant(hz: 2500...4500, inDB: -37, outDB: -21, decaySeconds: 3.1e-3, onsetSeconds: 3e-3),
      Formant(hz: 6000...9000, inDB: -50, outDB: -8, decaySeconds: 7.7e-3, onsetSeconds: 3e-3),
    ]
  }
  private static let breathDB = -25.3

  fileprivate struct Formant: Sendable {
    var hz: ClosedRange<Double>
    /// The level while the cat breathes in, and out.
    var inDB, outDB: Double
    var decaySeconds, onsetSeconds: Double
  }

  private var body: ModalBank<1>
  private var bursts = SplashBank()
  private var breath: WideBands
  private var subsonic: Subsonic
  private let formants: InlineArray<3, Formant>
  private let pushes: InlineArray<8, SIMD2<Float>>
  private let frames: InlineArray<8, Int>
  private let settings: Purr
  private let sampleRate: Double
  private let spanSeconds: Double
  private let inSeconds: Double
  private let outSeconds: Double
  private let level: Double
  private let pulseHz: Double
  private var dice: Dice
  private var nextPulseSeconds = 0.0
  private var frame = 0

  public static func prepare(_ settings: Purr, layer: Draws, sampleRate: Double) -> Shared {
    var dice = Dice(layer.branch("cat"))
    let size = Maths.exp(0.08 * dice.clippedGaussian())
    var (body, pushes, frames) = (
      ModalBank<1>(), InlineArray<8, SIMD2<Float>>(repeating: .zero), InlineArray<8, Int>(repeating: 0)
    )
    for (k, mode) in modes.enumerated() {
      let hz = mode.hz * size * Maths.exp(0.05 * dice.clippedGaussian())
      let cutDB = TrebleCut.attenuationDB(settings.trebleCutDB, atHz: hz)
      let damping = Mode.dampingPerSecond(t60Seconds: mode.t60)
      let push = body.tune(
        k, frequencyHz: hz, dampingPerSecond: damping, phaseTurns: -0.25, sampleRate: sampleRate)
      // The energy of a mode falls with its damping.
      pushes[k] = Float(Maths.amplitude(dB: mode.dB - cutDB) * (damping / 100).squareRoot()) * push
      frames[k] = Int(1.2 * mode.t60 * sampleRate)
      body.setBalance(k, 0.12 * dice.clippedGaussian())
    }
    return Shared(
      settings: settings, body: body, pushes: pushes, frames: frames,
      breath: FourBands(
        edgesHz: (200...500, 450...1200, 1100...3000, 2800...8000), draws: layer, sampleRate: sampleRate),
      formants: usualFormants, sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    formants = shared.formants
    (body, pushes, frames) = (shared.body, shared.pushes, shared.frames)
    breath = WideBands(shared.breath, shared: 0.5, draws: cue.draws.branch("breath"))
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    var dice = Dice(cue.draws.branch("pulses"))
    // The breath turns twice; the way out is a little longer.
    inSeconds = spanSeconds * (0.44 + 0.03 * dice.clippedGaussian())
    outSeconds = spanSeconds - inSeconds
    let mood = Drift(cue.layer.branch("mood"), slowestSeconds: 60, octaves: 4)
    level =
      0.1 * Maths.amplitude(dB: settings.intensityDB + 1.5 * mood.value(at: cue.seconds))
      * dice.gain(spreadDB: 1)
    pulseHz = settings.pulseHz * (1 + 0.02 * dice.clippedGaussian())
    self.dice = dice
  }

  /// The strength of the purr at a time of the breath, and whether the cat breathes out.
  private func effort(at seconds: Double) -> (strength: Double, isOut: Bool) {
    if seconds < inSeconds {
      let t = seconds / inSeconds
      return (0.97 * Curves.step(t / 0.25) * Curves.step((1.02 - t) / 0.2), false)
    }
    let t = (seconds - inSeconds) / outSeconds
    return (Curves.step(t / 0.18) * (1 - 0.73 * t) * Curves.step((1.02 - t) / 0.15), true)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let start = Double(frame) / sampleRate
    frame += block.count
    let end = Double(frame) / sampleRate
    var done = 0
    while nextPulseSeconds < min(end, spanSeconds) {
      let at = min(block.count, max(done, Int((nextPulseSeconds - start) * sampleRate)))
      body.add(to: &block, in: done..<at)
      done = at
      pulse(at: nextPulseSeconds, delayFrames: at)
    }
    body.add(to: &block, in: done..<block.count)
    bursts.render(into: &block)
    let (strength, isOut) = effort(at: end)
    let air = Float(
      level * Maths.amplitude(dB: settings.breathDB + Self.breathDB) * strength * (isOut ? 1 : 0.7))
    breath.render(into: &block, gains: end < spanSeconds ? air * SIMD4(0.5, 0.7, 0.8, 0.5) : .zero)
    subsonic.process(&block)
    return end < spanSeconds || !body.isSilent || !bursts.isOver
  }

  /// One pulse: the modes ring, and a burst of noise passes the glottis.
  private mutating func pulse(at seconds: Double, delayFrames: Int) {
    let (strength, isOut) = effort(at: seconds)
    let hz = pulseHz + (isOut ? 1.9 : 0)
    nextPulseSeconds = seconds + (1 + 0.024 * dice.clippedGaussian()) / hz
    guard strength > 0.01 else { return }
    let amplitude = level * strength * dice.gain(spreadDB: 3.7)
    for k in 0..<8 {
      body.strike(k, push: Float(amplitude * dice.gain(spreadDB: 2)) * pushes[k], frames: frames[k])
    }
    for k in 0..<3 {
      let formant = formants[k]
      bursts.add(
        Splash(
          bandHz: formant.hz, decaySeconds: formant.decaySeconds, onsetSeconds: formant.onsetSeconds,
          amplitude: amplitude * dice.gain(spreadDB: 2)
            * Maths.amplitude(
              dB: (isOut ? formant.outDB : formant.inDB)
                - TrebleCut.attenuationDB(settings.trebleCutDB, atHz: formant.hz.lowerBound)),
          balance: 0.15 * dice.clippedGaussian(), draws: dice.fork(), sampleRate: sampleRate),
        delayFrames: delayFrames)
    }
  }
}
