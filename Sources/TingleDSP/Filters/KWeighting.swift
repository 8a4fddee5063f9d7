/// K-weighting, the contribution of each frequency to loudness: high shelf -> high-pass.
///
/// ITU-R BS.1770-4, annex 1: a shelf of +4 dB above 1.7 kHz for the acoustics of the head, and a high-pass at
/// 38 Hz.
public struct KWeighting<Sample: AudioSample>: Sendable {
  private var head: Biquad<Sample>
  private var highPass: Biquad<Sample>

  /// Creates a filter at rest.
  public init(sampleRate: Double) {
    head = Biquad(.highShelf(cornerHz: 1682, gainDB: 4, sampleRate: sampleRate))
    highPass = Biquad(.highPass(cutoffHz: 38.1, q: 0.5, sampleRate: sampleRate))
  }

  /// Weights one sample.
  public mutating func process(_ x: Sample) -> Sample { highPass.process(head.process(x)) }
}

extension KWeighting<SIMD2<Float>> {
  private mutating func flushToZero() {
    head.flushToZero()
    highPass.flushToZero()
  }

  /// The K-weighted energy of a sound that starts and ends in silence, in full scale² · seconds.
  /// - Parameter render: adds the next frames of the sound to a silent block.
  static func energy(
    seconds: Double, sampleRate: Double, _ render: (inout MutableSpan<SIMD2<Float>>) -> Void
  ) -> Double {
    var weighting = KWeighting(sampleRate: sampleRate)
    let block = Buffer<SIMD2<Float>>(repeating: .zero, count: Grid.frames)
    let frames = block.elements
    var sum = 0.0
    for _ in 0..<Int(seconds * sampleRate) / Grid.frames + 1 {
      block.fill(.zero)
      var span = frames.mutableSpan
      render(&span)
      for i in block.indices {
        if i.isMultiple(of: 64) { weighting.flushToZero() }
        let weighted = SIMD2<Double>(weighting.process(block[i]))
        sum += 0.5 * (weighted.x * weighted.x + weighted.y * weighted.y)
      }
    }
    return sum / sampleRate
  }
}
