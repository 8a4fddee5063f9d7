/// One of several equal parts of a track; their lengths differ by at most one frame.
public struct Slice: Sendable, Equatable, Codable {
  /// The slice's number, from 1.
  public let number: Int
  /// The number of slices, at most 9999.
  public let count: Int

  /// Creates a slice; nil if the numbers are out of range.
  public init?(_ number: Int, of count: Int) {
    guard 1...9999 ~= count, 1...count ~= number else { return nil }
    self.number = number
    self.count = count
  }

  /// Parses a slice such as `3/16`; nil if the text is not a slice.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(number, of: count)
  }

  /// The notation, such as `3/16`.
  public var text: String { "\(number)/\(count)" }

  /// The frames of the slice in a track of `trackFrames` frames.
  public func frames(of trackFrames: Int) -> Range<Int> {
    trackFrames * (number - 1) / count..<trackFrames * number / count
  }
}
