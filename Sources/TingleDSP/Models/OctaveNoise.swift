/// Noise in the eight octaves around 63 Hz ... 8 kHz for two ears, with gains that move block by block:
/// machines, wind, and whatever has a spectrum but no events.
struct OctaveNoise: Sendable {
  /// The filters and the level of each octave: computed once, shared by all voices.
  struct Prepared: Sendable {
    fileprivate let shape: EightBands.Shape
    fileprivate let gains: SIMD8<Float>
    fileprivate let lowPass: OnePole<SIMD2<Float>>?

    /// Spectra that fall by more than this from 125 Hz to 2 kHz go through a low-pass: the bands alone, with
    /// skirts of 12 dB per octave, would be heard beyond their octaves.
    private static let steepDB = 12.0
    private static let lowPassHz = 150.0

    /// - Parameters:
    ///   - levelsDB: the level of each octave; the sum of all has an RMS of 1 at each ear.
    ///   - cutDB: the attenuation at a frequency in hertz.
    ///   - isDiffuse: whether the ears are alike at low frequencies, as in a diffuse field.
    init(
      levelsDB: SIMD8<Double>, cutDB: (Double) -> Double = { _ in 0 }, isDiffuse: Bool = true,
      sampleRate: Double
    ) {
      shape = EightBands.Shape(
        edgesHz: EightBands.Shape.octaveEdgesHz, isDiffuse: isDiffuse, sampleRate: sampleRate)
      let isSteep = levelsDB[1] - levelsDB[5] > Self.steepDB
      lowPass = isSteep ? OnePole(cutoffHz: Self.lowPassHz, sampleRate: sampleRate) : nil
      let wanted = (0..<8).map { octave in
        let hz = OctaveNoise.centreHz(octave)
        let ratio = hz / Self.lowPassHz
        return Maths.amplitude(dB: 2 * (levelsDB[octave] - cutDB(hz))) * (isSteep ? 1 + ratio * ratio : 1)
      }
      let total = (0..<8).reduce(0) { $0 + Maths.amplitude(dB: 2 * levelsDB[$1]) }
      // The skirts of strong bands are heard in the octaves beside them: the bands make up for it.
      let shares = (-7...7).map(Self.share)
      var powers = wanted
      for _ in 0..<30 {
        let heard = (0..<8).map { octave in
          (0..<8).reduce(0) { $0 + powers[$1] * shares[octave - $1 + 7] }
        }
        for k in 0..<8 { powers[k] *= Maths.pow(wanted[k] / heard[k], 0.7) }
      }
      var amplitudes = SIMD8<Float>.zero
      for k in 0..<8 { amplitudes[k] = Float((powers[k] / total).squareRoot()) }
      gains = shape.unitGains * amplitudes
    }

    /// The share of the power of a band that lies a number of octaves above it: edges of 12 dB per octave.
    private static func share(_ octaves: Int) -> Double {
      // The power at a number of twelfths of an octave above the centre of the band, per twelfth.
      func power(_ twelfths: Int) -> Double {
        let octaves = (Double(twelfths) + 0.5) / 12
        let low = Maths.exp2(-4 * (octaves + 0.5))
        let high = Maths.exp2(4 * (octaves - 0.5))
        return Maths.exp2(octaves) / ((1 + low) * (1 + high))
      }
      func sum(_ range: Range<Int>) -> Double { range.reduce(0) { $0 + power($1) } }
      let first = 12 * octaves - 6
      return sum(first..<first + 12) / sum(-60..<60)
    }
  }

  private var bands: EightBands
  private let unit: SIMD8<Float>
  private var lowPass: OnePole<SIMD2<Float>>?
  private var left = SIMD8<Float>.zero
  private var right = SIMD8<Float>.zero

  /// Creates noise at rest, with gains of zero.
  init(_ prepared: borrowing Prepared, draws: Draws) {
    bands = EightBands(prepared.shape, draws: draws)
    (unit, lowPass) = (prepared.gains, prepared.lowPass)
  }

  /// The centre frequency of octave 0 ... 7.
  static func centreHz(_ octave: Int) -> Double { 62.5 * Maths.exp2(Double(octave)) }

  /// Fills a block of zeros with the noise. The gains of the octaves at each ear move to the targets by the
  /// end of the block.
  mutating func render(
    into block: inout MutableSpan<SIMD2<Float>>, left leftTarget: SIMD8<Float>,
    right rightTarget: SIMD8<Float>
  ) {
    guard leftTarget != .zero || rightTarget != .zero || left != .zero || right != .zero else { return }
    let steps = (block.count + EightBands.maximumFrames - 1) / EightBands.maximumFrames
    let scale = 1 / Float(steps)
    let (leftStep, rightStep) = (scale * (leftTarget - left), scale * (rightTarget - right))
    block.withUnsafeMutableBufferPointer { frames in
      var done = 0
      for step in 1...steps {
        let count = min(EightBands.maximumFrames, frames.count - done)
        let share = Float(step)
        bands.add(
          to: frames.baseAddress! + done, count: count,
          target: EightBands.Gains(
            left: unit * (left + share * leftStep), right: unit * (right + share * rightStep)))
        done += count
      }
    }
    (left, right) = (leftTarget, rightTarget)
    if lowPass != nil { for i in block.indices { block[i] = lowPass!.lowPass(block[i]) } }
  }
}
