import TingleMix

/// Somewhere frames of a mix go, one after the other.
public protocol FrameSink: AnyObject {
  /// Takes the next frames.
  func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws
  /// Ends; nothing is lost once this has returned.
  func close() throws
}
