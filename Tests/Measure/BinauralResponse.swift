import TingleDSP
import TingleMix

/// The binaural impulse response of a source point, and its frequency responses.
public struct BinauralResponse: Sendable {
  public let left: Transfer
  public let right: Transfer
  public let leftResponse: [Float]
  public let rightResponse: [Float]

  /// - Parameters:
  ///   - point: the source point.
  ///   - measured: a listener's HRIRs; nil for a spherical head.
  ///   - sampleRate: in hertz.
  public init(_ point: SourcePosition.Point, _ measured: HRIRSet? = nil, sampleRate: Double = 48000) {
    var filter = BinauralFilter(HRTF.head(measured, sampleRate: sampleRate))
    var output = [StereoFrame](repeating: .zero, count: 2 * Grid.frames)
    for k in 0..<2 {
      for i in 0..<Grid.frames { (filter.rows.left[i], filter.rows.right[i]) = (0, 0) }
      if k == 0 { (filter.rows.left[0], filter.rows.right[0]) = (1, 1) }
      output.withUnsafeMutableBufferPointer { frames in
        var span = frames.extracting(k * Grid.frames..<(k + 1) * Grid.frames).mutableSpan
        filter.process(block: k, from: point, to: point, into: &span)
      }
    }
    leftResponse = output.map(\.x)
    rightResponse = output.map(\.y)
    left = Transfer(leftResponse, sampleRate: sampleRate)
    right = Transfer(rightResponse, sampleRate: sampleRate)
  }

  /// The interaural level difference at a frequency: right minus left, in decibels.
  public func ildDB(at hz: Double) -> Double { right.levelDB(at: hz) - left.levelDB(at: hz) }
}
