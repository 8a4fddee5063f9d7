import TingleDSP
import TingleMix

/// What both ears hear of a single 1 at a place.
public struct Ears: Sendable {
  public let left: Transfer
  public let right: Transfer
  public let leftResponse: [Float]
  public let rightResponse: [Float]

  /// - Parameters:
  ///   - position: where.
  ///   - measured: whose ears; a sphere's if nil.
  public init(_ position: SourcePosition.Point, _ measured: HRIRSet? = nil, sampleRate: Double = 48000) {
    var filters = BinauralFilter(HRTF.head(measured, sampleRate: sampleRate))
    var heard = [StereoFrame](repeating: .zero, count: 2 * Grid.frames)
    for k in 0..<2 {
      for i in 0..<Grid.frames { (filters.rows.left[i], filters.rows.right[i]) = (0, 0) }
      if k == 0 { (filters.rows.left[0], filters.rows.right[0]) = (1, 1) }
      heard.withUnsafeMutableBufferPointer { frames in
        var span = frames.extracting(k * Grid.frames..<(k + 1) * Grid.frames).mutableSpan
        filters.process(block: k, from: position, to: position, into: &span)
      }
    }
    leftResponse = heard.map(\.x)
    rightResponse = heard.map(\.y)
    left = Transfer(leftResponse, sampleRate: sampleRate)
    right = Transfer(rightResponse, sampleRate: sampleRate)
  }

  /// By how much the right ear hears more at a frequency.
  public func ildDB(at hz: Double) -> Double { right.levelDB(at: hz) - left.levelDB(at: hz) }
}
