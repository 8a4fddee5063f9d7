/// The energy of two stereo signals, block by block: K-weighted for loudness, A-weighted for sudden changes
/// of level.
///
/// The A-weighting omits the outermost poles of IEC 61672-1; it is valid for signals without energy below
/// 45 Hz. Call `reset` at fixed frames, so that a measurement does not depend on where rendering started.
public struct WeightedEnergy: Sendable {
  /// The weighted sums of squares of a block. Lanes: left and right of the first signal, left and right of
  /// the second.
  public struct Sums: Sendable {
    public var loudness = SIMD4<Float>.zero
    public var level = SIMD4<Float>.zero
  }

  private struct Filters {
    var loudness: KWeighting<SIMD4<Float>>
    var low: OnePole<SIMD4<Float>>
    var middle: OnePole<SIMD4<Float>>
  }

  private let atRest: Filters
  private var filters: Filters
  /// The gain that gives 0 dB at 1 kHz.
  private static let gain: Float = 1.2589

  /// Creates both filters at rest.
  public init(sampleRate: Double) {
    atRest = Filters(
      loudness: KWeighting(sampleRate: sampleRate),
      low: OnePole(cutoffHz: 107.653, sampleRate: sampleRate),
      middle: OnePole(cutoffHz: 737.862, sampleRate: sampleRate))
    filters = atRest
  }

  /// Clears the state of the filters.
  public mutating func reset() { filters = atRest }

  /// Measures the next `count` frames of both signals.
  public mutating func measure(
    _ first: UnsafePointer<SIMD2<Float>>, _ second: UnsafePointer<SIMD2<Float>>, count: Int
  ) -> Sums {
    var sums = Sums()
    var filters = filters
    for i in 0..<count {
      let x = SIMD4(lowHalf: first[i], highHalf: second[i])
      let loud = filters.loudness.process(x)
      sums.loudness += loud * loud
      let weighted = filters.middle.highPass(filters.low.highPass(x))
      sums.level += weighted * weighted
    }
    sums.level *= Self.gain * Self.gain
    self.filters = filters
    return sums
  }
}
