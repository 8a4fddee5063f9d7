import TingleDSP

/// A change from one playback segment to the next, cross-faded.
///
/// Layers that are the same in both segments stay bit-identical, since a mix is a pure function of the frame.
public struct SegmentChange: Sendable {
  /// The performance's frame at which the cross-fade starts.
  public var frame: Int
  /// The segment to play from then on.
  public var segment: PlaybackSegment
  /// The length of the cross-fade in frames; 1 or more.
  public var crossfadeFrames: Int

  /// A change at a frame of the performance.
  public init(at frame: Int, to segment: PlaybackSegment, crossfadeFrames: Int) {
    self.frame = frame
    self.segment = segment
    self.crossfadeFrames = crossfadeFrames
  }
}
