/// One thunder, or none: low noise bands that follow the bursts from a long, crooked channel of lightning.
///
/// The parts of the channel are at different distances, so their sound arrives one after another for many
/// seconds; air and hills take the high frequencies and the sharp edges: H. S. Ribner and D. Roy,
/// "Acoustics of thunder: a quasilinear model for tortuous lightning", JASA 72 (1982) 1911.
public struct ThunderVoice: Voice {
  public typealias Settings = Thunder

  /// The noise bands.
  public struct Shared: Sendable {
    let settings: Thunder
    let bands: FourBands
    let sampleRate: Double
  }

  /// The sound of a part of the channel.
  private struct Burst: Sendable {
    var seconds = 0.0
    var power = 0.0
    var attackSeconds = 0.5
    var decaySeconds = 1.0
    /// How much of the upper bands is left: decibels per band.
    var slopeDB = 0.0

    /// The power at a time, relative to the largest.
    func envelope(at seconds: Double) -> Double {
      let since = seconds - self.seconds
      guard since > 0 else { return 0 }
      return power * Curves.step(since / attackSeconds)
        * Maths.exp(-max(0, since - attackSeconds) / decaySeconds)
    }
  }

  static let longestSeconds = 32.0
  private static let fadeSeconds = 4.0
  /// The distance of the level of `calibrationDB`.
  private static let usualMetres = 6000.0

  private var bands: WideBands
  private var subsonic: Subsonic
  private var bursts = InlineList<20, Burst>(repeating: Burst())
  private let bandGains: SIMD4<Double>
  private let gain: Double
  private let endSeconds: Double
  private let sampleRate: Double
  private let roll: Drift
  private let startSeconds: Double
  private var frame = 0

  public static func prepare(_ settings: Thunder, layer: Draws, sampleRate: Double) -> Shared {
    Shared(
      settings: settings,
      bands: FourBands(
        edgesHz: (40...85, 75...170, 150...340, 300...800), draws: layer, sampleRate: sampleRate),
      sampleRate: sampleRate)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    let settings = shared.settings
    sampleRate = shared.sampleRate
    startSeconds = cue.seconds
    bands = WideBands(shared.bands, shared: 0.45, draws: cue.draws.branch("air"))
    subsonic = Subsonic(sampleRate: shared.sampleRate)
    roll = Drift(cue.draws.branch("roll"), slowestSeconds: 1.5, octaves: 4)
    // The storm comes nearer and goes away, and is busier while it is near.
    let storm = max(
      -2, min(2, Drift(cue.layer.branch("storm"), slowestSeconds: 480, octaves: 3).value(at: cue.seconds)))
    let metres = max(1500, settings.distanceMetres * Maths.exp(-0.3 * storm))
    let octaves = Maths.log2(metres / Self.usualMetres)
    var dice = Dice(cue.draws.branch("channel"))
    let isHeard = dice.chance(
      min(1, settings.thundersPerSecond * cue.pace * cue.spanSeconds * Maths.exp(0.4 * storm - 0.08)))
    gain = 0.03 * Maths.amplitude(dB: settings.intensityDB - 5 * octaves + 2 * dice.clippedGaussian())
    // The level of the bands at this distance.
    var gains = SIMD4<Double>.zero
    for (k, dB) in [-7.0, 0, -2, -11].enumerated() {
      gains[k] = Maths.amplitude(dB: dB - 2.5 * octaves * Double(k))
    }
    bandGains = gains
    guard isHeard else {
      endSeconds = 0
      return
    }
    let wait = dice.uniform() * min(4, cue.spanSeconds)
    let rise = 1 + 3 * settings.softness
    let length = dice.uniform(6...13) * Maths.exp2(0.3 * octaves)
    for k in 0..<dice.whole(9...18) {
      // The nearest part of the channel is heard first, mostly the strongest.
      let share = k == 0 ? 0.05 : Maths.pow(dice.uniform(), 1.4)
      let levelDB = -9 * share + 3.5 * dice.clippedGaussian()
      bursts.append(
        Burst(
          seconds: wait + share * length, power: Maths.amplitude(dB: 2 * levelDB),
          attackSeconds: rise * (k == 0 ? 1 : dice.uniform(0.6...1)),
          decaySeconds: dice.uniform(0.5...1.6),
          slopeDB: -3 * share + 1.5 * dice.clippedGaussian()))
    }
    endSeconds = min(Self.longestSeconds - 1, wait + rise + length + 8)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    frame += block.count
    let end = Double(frame) / sampleRate
    guard end < endSeconds else {
      bands.render(into: &block, gains: .zero)
      return false
    }
    var powers = SIMD4<Double>.zero
    for k in 0..<bursts.count {
      let burst = bursts[k]
      let power = burst.envelope(at: end)
      guard power > 1e-7 else { continue }
      for band in 0..<4 {
        powers[band] += power * Maths.amplitude(dB: 2 * burst.slopeDB * (Double(band) - 1))
      }
    }
    let fade = Curves.step((endSeconds - end) / Self.fadeSeconds)
    let rolling = Maths.exp(0.25 * max(-2, min(2, roll.value(at: end))))
    var gains = SIMD4<Float>.zero
    for band in 0..<4 {
      gains[band] = Float(gain * fade * rolling * bandGains[band] * powers[band].squareRoot())
    }
    bands.render(into: &block, gains: gains)
    subsonic.process(&block)
    return true
  }
}
