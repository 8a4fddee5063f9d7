/// A section of a fire: strain of the wood -> crackle, plus pops (struck log), plus noise bands for flames
/// and steam.
///
/// The noise bands crossfade into those of the next section; the crackles and pops are the section's own. The
/// parts follow A. Farnell, "Designing Sound" (2010), chapter 34. The energies of the crackle follow a power
/// law, with events that trigger others, as in all materials that break gradually.
public struct FireVoice: Voice {
  public typealias Settings = Fire

  /// The wood and the noise bands.
  public struct Shared: Sendable {
    let settings: Fire
    let crackle: Crackle.Prepared
    let flames: FourBands
    let log: Chime
    let sampleRate: Double
  }

  private static let crossfadeSeconds = 1.0
  private static let wood = MaterialModel(
    energy: (1.5, 5), facetHz: 450...11000, t60Seconds: 0.003...0.014, pulseSeconds: 60e-6...260e-6, modes: 4,
    noiseDB: 3, branching: 0.45, frictionDB: -80)
  /// The flutter of each noise band: flames and steam of real fires vary most at 15 to 20 Hz.
  private static let flutters =
    [(0.45, 0.03), (0.45, 0.03), (0.56, 0.025), (0.6, 0.02)]
    as InlineArray<4, (sigma: Double, seconds: Double)>
  /// The gain of the crackle over that of a crinkled sheet.
  private static let crackleDB = 16.0

  private var crackle: Crackle
  private var motion = SheetMotion()
  private var pops = InlineList<6, Ring>(repeating: Ring())
  private var flames: WideBands
  private var flicker: Flutter
  private var steam: Flutter
  private var flutters: InlineArray<4, Flutter>
  private let settings: Fire
  private let sampleRate: Double
  private let spanSeconds: Double
  private let endSeconds: Double
  private let vigour: Double
  private var frame = 0

  public static func prepare(_ settings: Fire, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      crackle: Crackle.Prepared(
        wood, snapsPerSecond: settings.cracklesPerSecond, softness: settings.softness,
        levelDB: settings.intensityDB + crackleDB, layer: layer, sampleRate: sampleRate),
      flames: FourBands(
        edgesHz: (100...200, 120...450, 500...2200, 2200...9000), draws: layer, sampleRate: sampleRate),
      log: Chime(
        .init(rangeHz: 180...1300, t60Seconds: (0.06, 0.025), tiltDBPerOctave: -3), draws: layer.branch("log")
      ),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    settings = shared.settings
    sampleRate = shared.sampleRate
    spanSeconds = cue.spanSeconds
    crackle = Crackle(shared.crackle, draws: cue.draws)
    flames = WideBands(shared.flames, shared: 0.3, draws: cue.draws.branch("flames"))
    var dice = Dice(cue.draws.branch("fire"))
    // The vigour of the fire drifts over minutes.
    let wander = Drift(cue.layer.branch("glow"), slowestSeconds: 180, octaves: 5)
    vigour = Maths.exp(0.4 * max(-2, min(2, wander.value(at: cue.seconds)))) * cue.pace
    flicker = Flutter(sigma: 0.12, correlationSeconds: 0.5, draws: dice.fork())
    steam = Flutter(sigma: 0.18, correlationSeconds: 0.6, draws: dice.fork())
    flutters = InlineArray { band in
      Flutter(
        sigma: Self.flutters[band].sigma, correlationSeconds: Self.flutters[band].seconds,
        draws: dice.fork())
    }
    // Pieces of wood come under strain one by one, few of them strongly. The mean strain rate is 1.
    var clock = 0.0
    while clock < spanSeconds {
      let seconds = min(dice.logUniform(0.3...4), spanSeconds - clock + 0.3)
      let strain = min(2, 0.3 * dice.logNormal(sigma: 0.8))
      motion.add(.init(start: clock, duration: seconds, strain: strain, slide: 0, settling: 0))
      clock += dice.exponential(mean: 0.35)
    }
    for _ in 0..<dice.poisson(mean: 0.15 * spanSeconds * min(1.5, vigour)) {
      let strength = 0.2 * Maths.amplitude(dB: settings.intensityDB) * dice.gain(spreadDB: 4)
      pops.append(
        Ring(
          shared.log, amplitude: strength, contactSeconds: dice.uniform(0.2e-3...0.9e-3),
          position: dice.uniform(), detune: Maths.exp(0.15 * dice.clippedGaussian()),
          damping: dice.uniform(0.8...2),
          balance: 0.3 * dice.clippedGaussian(), delayFrames: Int(dice.uniform() * spanSeconds * sampleRate),
          sampleRate: sampleRate))
    }
    endSeconds = spanSeconds + SheetMotion.longestTailSeconds
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let end = Double(frame + block.count) / sampleRate
    if end < endSeconds { crackle.advance(to: end, &motion, vigour: vigour, frame: frame) }
    crackle.render(into: &block)
    pops.forEach { $0.render(into: &block) }
    pops.removeAll { $0.isOver }
    flames.render(into: &block, gains: gains(at: end))
    frame += block.count
    return end < endSeconds || !crackle.isOver || !pops.isEmpty
  }

  /// The gains of the noise bands: flames in the lower three, steam in the upper two.
  private mutating func gains(at seconds: Double) -> SIMD4<Float> {
    let present = Curves.crossfade(
      at: seconds, spanSeconds: spanSeconds, fadeSeconds: Self.crossfadeSeconds)
    guard present > 1e-6 else { return .zero }
    let flame =
      0.016 * present * Maths.amplitude(dB: settings.flamesDB) * flicker.gain(at: seconds)
    let hiss = 0.006 * present * Maths.amplitude(dB: settings.hissDB) * steam.gain(at: seconds)
    var gains = SIMD4(Float(flame), Float(0.7 * flame), Float(0.1 * flame + 0.7 * hiss), Float(hiss))
    for k in 0..<4 { gains[k] *= Float(flutters[k].gain(at: seconds)) }
    return gains
  }
}
