/// The reader of a pipe has gone: a reason to stop, not to complain.
public struct BrokenPipe: Error, Sendable {
  /// The error.
  public init() {}
}
