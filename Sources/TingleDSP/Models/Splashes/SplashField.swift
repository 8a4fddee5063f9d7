import CFloatingPoint

/// A field of splashes: thousands of short bursts of noise a second, for the cost of a few noise bands.
///
/// Eight noise bands -> power envelopes of each ear -> sum. A splash has no voice of its own: it adds its
/// spectrum to the envelopes, which decay faster at high frequencies. The powers of incoherent bursts add, so
/// the sum is that of single bursts. A steady far layer is a constant in the same envelopes.
struct SplashField: Sendable {
  /// The frequency at which the tilt of a splash does not change its level.
  static let pivotHz = 1500.0

  private var bands: EightBands
  private var tables: Tables
  private let decay, kick, far, gains: SIMD8<Float>
  private let attack: Float
  private let tickFrames: Int
  // The envelopes before and after the onset filter.
  private var left, right, smoothLeft, smoothRight: SIMD8<Float>
  private var level: Float = 0
  private var farGain: Float = 1

  /// Creates a field with a level of 0.
  /// - Parameter isRunning: whether the splashes are at their mean power; otherwise none has begun.
  init(_ prepared: borrowing Prepared, isRunning: Bool = true, draws: Draws) {
    bands = EightBands(prepared.shape, draws: draws)
    tables = prepared.tables
    (decay, kick, far, gains) = (prepared.decay, prepared.kick, prepared.far, prepared.gains)
    (attack, tickFrames) = (prepared.attack, prepared.tickFrames)
    let mean = isRunning ? prepared.mean : .zero
    (left, right, smoothLeft, smoothRight) = (mean, mean, mean, mean)
  }

  /// Adds a splash now.
  /// - Parameters:
  ///   - power: the square of its amplitude.
  ///   - shape: the number of its spectrum, 0 ..< 64.
  ///   - ears: the gains of the power at the left and the right ear, with a mean of 1.
  @inline(__always) mutating func push(
    power: Float, shape: Int, tiltDBPerOctave: Float, ears: SIMD2<Float>
  ) {
    let spectrum = power * kick * tables.spectrum(shape, tiltDBPerOctave: tiltDBPerOctave)
    left += ears.x * spectrum
    right += ears.y * spectrum
  }

  /// Adds a splash of random strength and spectrum now.
  /// - Parameters:
  ///   - power: the square of its median amplitude.
  ///   - spreadDB: the standard deviation of its level.
  ///   - tilt: the mean and the standard deviation of its tilt in decibels per octave.
  ///   - ears: the gains of the power at the left and the right ear, with a mean of 1.
  @inline(__always) mutating func push(
    power: Double, spreadDB: Double, tilt: (mean: Double, spread: Double), ears: SIMD2<Float>,
    dice: inout Dice
  ) {
    push(
      power: Float(power * Maths.amplitude(dB: 2 * spreadDB * dice.gaussian())), shape: dice.choose(64),
      tiltDBPerOctave: Float(tilt.mean + tilt.spread * dice.gaussian()), ears: ears)
  }

  /// The mean power that such splashes of median power 1 push in one second.
  static func meanPower(perSecond: Double, spreadDB: Double) -> Double {
    let sigma = spreadDB * Maths.log(10) / 20
    return perSecond * Maths.exp(2 * sigma * sigma)
  }

  /// Adds the field to a block. Its level moves to `target` by the end of the block.
  /// - Parameter far: a factor on the power of the far layer.
  /// - Parameter events: called at each step of the envelopes with the number of frames since the last step;
  ///   it pushes the splashes.
  @inline(__always) mutating func render(
    into block: inout MutableSpan<SIMD2<Float>>, level target: Float, far: Float = 1,
    events: (inout SplashField, Int) -> Void
  ) {
    farGain = far
    let levelStep = (target - level) / Float(block.count)
    // Only the first block of a voice can begin with a shorter step.
    var (done, frames) = (0, (block.count - 1) % tickFrames + 1)
    block.withUnsafeMutableBufferPointer { block in
      while done < block.count {
        events(&self, frames)
        level += levelStep * Float(frames)
        bands.add(to: block.baseAddress! + done, count: frames, target: nextGains())
        done += frames
        frames = tickFrames
      }
    }
    level = target
  }

  /// Advances the envelopes by one step and returns the gains of the bands.
  @inline(__always) private mutating func nextGains() -> EightBands.Gains {
    smoothLeft += attack * (left - smoothLeft)
    smoothRight += attack * (right - smoothRight)
    left *= decay
    right *= decay
    return EightBands.Gains(
      left: level * gains * square_roots(smoothLeft + farGain * far),
      right: level * gains * square_roots(smoothRight + farGain * far))
  }
}
