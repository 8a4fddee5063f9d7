import TingleMix

/// A destination for the frames of a mix, in order: a file or a pipe.
public protocol FrameSink: AnyObject {
  /// Writes the next frames.
  func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws
  /// Completes the output; throws if any frame was not written.
  func close() throws
}
