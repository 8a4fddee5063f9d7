/// Where encoded samples go.
protocol FrameEncoder: AnyObject {
  /// Takes frames as the format's `samples` has them.
  func append(_ samples: UnsafeRawPointer, frames: Int) throws
  /// Writes what is left.
  /// - Returns: the file's checksum, if it is known.
  func finish() throws -> String?
  /// Lets go of everything but the file.
  func abandon()
}
