/// How much of two stereo signals an ear counts, block by block: K-weighted for loudness, and for suddenness A-weighted, as far
/// as sounds go that have nothing under 45 Hz (IEC 61672-1 without its outermost poles).
///
/// Begun anew with every measure of blocks, so that what it says never depends on where it was begun.
public struct WeightedEnergy: Sendable {
  /// The sums of squares of a block, weighted: the first signal's left and right, the second's left and right.
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
  /// What makes 1 kHz pass unchanged.
  private static let gain: Float = 1.2589

  /// Both weightings, at rest.
  public init(sampleRate: Double) {
    atRest = Filters(
      loudness: KWeighting(sampleRate: sampleRate),
      low: OnePole(cutoffHz: 107.653, sampleRate: sampleRate),
      middle: OnePole(cutoffHz: 737.862, sampleRate: sampleRate))
    filters = atRest
  }

  /// Forgets everything.
  public mutating func reset() { filters = atRest }

  /// Measures the next `count` frames of both.
  public mutating func measure(
    _ first: UnsafePointer<SIMD2<Float>>, _ second: UnsafePointer<SIMD2<Float>>, count: Int
  ) -> Sums {
    var sums = Sums()
    var filters = filters
    for i in 0..<count {
      let x = SIMD4(lowHalf: first[i], highHalf: second[i])
      let loud = filters.loudness.process(x)
      sums.loudness += loud * loud
      let heard = filters.middle.highPass(filters.low.highPass(x))
      sums.level += heard * heard
    }
    sums.level *= Self.gain * Self.gain
    self.filters = filters
    return sums
  }
}
