/// One of several parts of a track, as long as each other but for a frame.
public struct Slice: Sendable, Equatable, Codable {
  /// From 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// A slice that exists, or nil.
  public init?(_ number: Int, of count: Int) {
    guard 1...9999 ~= count, 1...count ~= number else { return nil }
    self.number = number
    self.count = count
  }

  /// `3/16`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(number, of: count)
  }

  /// `3/16`.
  public var text: String { "\(number)/\(count)" }

  /// Its frames in a track of so many.
  public func frames(of whole: Int) -> Range<Int> {
    whole * (number - 1) / count..<whole * number / count
  }
}
