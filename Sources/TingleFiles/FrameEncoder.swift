/// Encodes samples to a file format.
protocol FrameEncoder: AnyObject {
  /// Encodes interleaved frames in the sample format `FileFormat.samples`.
  func append(_ samples: UnsafeRawPointer, frames: Int) throws
  /// Completes the file.
  /// - Returns: the file's checksum if it was computed while writing.
  func finish() throws -> String?
  /// Releases the codec; the incomplete file stays.
  func abandon()
}
