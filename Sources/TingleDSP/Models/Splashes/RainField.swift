/// Rain all around: drops of random sizes at random distances -> `SplashField`.
///
/// The drops are a Poisson process, uniform on a disc around the listener. Over a plane the amplitudes 1/r
/// have a heavy tail, p(a) ∝ a^-3, so there is no gap between single drops and the wash.
struct RainField: Sendable {
  /// The constants of rain on one surface.
  struct Model: Sendable {
    /// The number of drops in the field per second at `RaindropSizes.referenceRate`.
    var dropsPerSecond: Double
    /// A factor on the sizes of the drops.
    var collected = 1.0
    /// The height of the ear above the surface, and the radius of the disc.
    var heightMetres, radiusMetres: Double
    /// The exponent of the amplitude over the diameter.
    var sizeExponent: Double
    /// How the tilt of a splash, in decibels per octave, changes per halving of the diameter, and per
    /// doubling of the distance; and its standard deviation.
    var tilt: (perSize: Double, perDistance: Double, spread: Double)
    var splashes: SplashField.Model
  }

  /// The state that all voices of a layer share.
  struct Prepared: Sendable {
    let splashes: SplashField.Prepared
    /// The power and the tilt of drops at quantiles of the size, and at quantiles of the distance.
    let sizes, distances: InlineArray<256, SIMD2<Float>>
    let tiltSpread: Float
    let dropsPerSecond: Double
    /// The mean power that drops push per second.
    let powerPerSecond: Double
    /// The amplitude of the field relative to rain at `RaindropSizes.referenceRate`.
    let relativeGain: Double

    /// - Parameters:
    ///   - rainfall: the rainfall rate in mm/h.
    ///   - cutDB: the attenuation at a frequency in hertz.
    init(
      _ model: Model, rainfall: Double, draws: Draws, sampleRate: Double, cutDB: (Double) -> Double
    ) {
      let drops = RaindropSizes(rainfall: rainfall, collected: model.collected)
      let reference = RaindropSizes(
        rainfall: RaindropSizes.referenceRate, collected: model.collected)
      let rate = model.dropsPerSecond * drops.relativeCount
      let sizes = Self.sizes(drops, model)
      let spread = Maths.pow(model.radiusMetres / model.heightMetres, 2)
      let distances = (0..<256).map { step in
        // The square of the distance, relative to the height.
        let square = 1 + spread * (Double(step) + 0.5) / 256
        return SIMD2(1 / square, -model.tilt.perDistance * 0.5 * Maths.log2(square))
      }
      let power = { (rate: Double, sizes: [SIMD2<Double>], octaves: Double) in
        rate * Self.mean(sizes, octaves) * Self.mean(distances, octaves)
          * Self.meanOfTilts(spread: model.tilt.spread, octaves)
      }
      powerPerSecond = power(rate, sizes, 0)
      relativeGain =
        (powerPerSecond / power(model.dropsPerSecond, Self.sizes(reference, model), 0)).squareRoot()
      splashes = SplashField.Prepared(model.splashes, draws: draws, sampleRate: sampleRate, cutDB: cutDB) {
        power(rate, sizes, $0)
      }
      self.sizes = InlineArray { SIMD2<Float>(sizes[$0]) }
      self.distances = InlineArray { SIMD2<Float>(distances[$0]) }
      tiltSpread = Float(model.tilt.spread)
      dropsPerSecond = rate
    }

    private static func sizes(_ drops: RaindropSizes, _ model: Model) -> [SIMD2<Double>] {
      drops.quantiles(256).map { diameter in
        let amplitude = RaindropSizes.amplitude(
          diameterMillimetres: diameter, sizeExponent: model.sizeExponent)
        return SIMD2(amplitude * amplitude, model.tilt.perSize * Maths.log2(1.5 / diameter))
      }
    }

    /// The mean power of a table of powers and tilts at a frequency.
    private static func mean(_ table: [SIMD2<Double>], _ octaves: Double) -> Double {
      var sum = 0.0
      for entry in table { sum += entry.x * Maths.amplitude(dB: 2 * entry.y * octaves) }
      return sum / Double(table.count)
    }

    /// The mean power factor of a normally distributed tilt.
    private static func meanOfTilts(spread: Double, _ octaves: Double) -> Double {
      let sigma = spread * octaves * Maths.log(10) / 10
      return Maths.exp(0.5 * sigma * sigma)
    }
  }

  private var splashes: SplashField
  private var sizes, distances: InlineArray<256, SIMD2<Float>>
  private let tiltSpread: Float
  private let framesPerDrop: Double
  private let key: UInt64
  private var index: UInt64 = 0
  private var dice: Dice
  // The time to the next drop, in frames.
  private var untilDrop: Double

  init(_ prepared: borrowing Prepared, draws: Draws) {
    splashes = SplashField(prepared.splashes, draws: draws.branch("noise"))
    (sizes, distances) = (prepared.sizes, prepared.distances)
    tiltSpread = prepared.tiltSpread
    framesPerDrop = prepared.splashes.sampleRate / prepared.dropsPerSecond
    key = draws.branch("drops").key
    dice = Dice(draws.branch("times"))
    untilDrop = 0
    untilDrop = dice.exponential(mean: framesPerDrop)
  }

  /// Adds a drop that has no voice of its own.
  mutating func push(power: Double, balance: Double, dice: inout Dice) {
    let ears = SIMD2<Float>.balanced(balance)
    splashes.push(power: Float(power), shape: dice.choose(64), tiltDBPerOctave: 0, ears: ears * ears)
  }

  /// Adds the field to a block; its level moves to `level` by the end of the block.
  mutating func render(into block: inout MutableSpan<SIMD2<Float>>, level: Float) {
    // The closure works on copies: `splashes` is borrowed by its own call.
    var (until, index, dice) = (untilDrop, index, dice)
    let (framesPerDrop, key, tiltSpread) = (framesPerDrop, key, tiltSpread)
    splashes.render(into: &block, level: level) { field, frames in
      until -= Double(frames)
      while until < 0 {
        let draw = SplashDraw(Squares.bits64(counter: index, key: key))
        index &+= 1
        until += dice.exponential(mean: framesPerDrop)
        let size = sizes[draw.indices.0]
        let distance = distances[draw.indices.1]
        field.push(
          power: size.x * distance.x, shape: draw.shape,
          tiltDBPerOctave: size.y + distance.y + tiltSpread * draw.normal, ears: draw.ears(width: 0.8))
      }
    }
    (untilDrop, self.index, self.dice) = (until, index, dice)
  }
}
