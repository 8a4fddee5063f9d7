/// How much of two stereo signals an ear counts, block by block: K-weighted for loudness, A-weighted for suddenness.
///
/// Begun anew with every measure of blocks, so that what it says never depends on where it was begun.
public struct WeightedEnergy: Sendable {
  /// The sums of squares of a block, weighted: the first signal's left and right, the second's left and right.
  public struct Sums: Sendable {
    public var loudness = SIMD4<Float>.zero
    public var level = SIMD4<Float>.zero
  }

  private let atRest: (LoudnessWeighting<SIMD4<Float>>, AWeighting<SIMD4<Float>>)
  private var loudness: LoudnessWeighting<SIMD4<Float>>
  private var level: AWeighting<SIMD4<Float>>

  /// Both weightings, at rest.
  public init(sampleRate: Double) {
    loudness = LoudnessWeighting(sampleRate: sampleRate)
    level = AWeighting(sampleRate: sampleRate)
    atRest = (loudness, level)
  }

  /// Forgets everything.
  public mutating func reset() { (loudness, level) = atRest }

  /// Measures the next `count` frames of both.
  public mutating func measure(
    _ first: UnsafePointer<SIMD2<Float>>, _ second: UnsafePointer<SIMD2<Float>>, count: Int
  ) -> Sums {
    var sums = Sums()
    for i in 0..<count {
      let x = SIMD4(lowHalf: first[i], highHalf: second[i])
      let loud = loudness.process(x)
      sums.loudness += loud * loud
      let heard = level.process(x)
      sums.level += heard * heard
    }
    return sums
  }
}
