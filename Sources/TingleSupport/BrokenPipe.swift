/// The reader has closed the pipe: the program stops without an error message.
public struct BrokenPipe: Error, Sendable {
  /// Creates the error.
  public init() {}
}
