import TingleDSP

/// The log of a live session: the first playback segment, and all changes in order. Rendering it gives the
/// same samples, bit for bit.
public struct Performance: Sendable {
  /// The segment at frame 0.
  public var first: PlaybackSegment
  /// The changes in time order.
  public var changes: [SegmentChange]
  /// The length in frames.
  public var lengthFrames: Int
  /// The frame at which the final fade-out started; nil if playback reached the end of the mix.
  public var stoppedAt: Int?
  /// The sample rate in hertz.
  public let sampleRate: Double

  /// A performance without changes and of length 0.
  public init(_ first: PlaybackSegment, sampleRate: Double) {
    self.first = first
    self.sampleRate = sampleRate
    changes = []
    lengthFrames = 0
  }

  /// The length of the fade-out when playback is stopped, in seconds.
  public static let stopFadeSeconds = 0.3

  /// Applies the fade-out to a block.
  /// - Parameters:
  ///   - frames: the block.
  ///   - offset: the number of frames from the start of the fade-out to the block; negative if the block
  ///     starts earlier.
  ///   - sampleRate: in hertz.
  public static func fadeOut(
    _ frames: UnsafeMutableBufferPointer<StereoFrame>, from offset: Int, sampleRate: Double
  ) {
    guard offset + frames.count > 0 else { return }
    let length = stopFadeSeconds * sampleRate
    for k in 0..<frames.count { frames[k] *= Float(1 - Curves.step(Double(offset + k) / length)) }
  }

  /// Renders the performance again.
  /// - Parameters:
  ///   - pieceFrames: the largest number of frames per call of `consume`.
  ///   - consume: receives the frames in order.
  public func render(
    pieceFrames: Int = 1 << 16, consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) rethrows {
    let renderer = LiveRenderer(first, sampleRate: sampleRate)
    let buffer = Buffer<StereoFrame>(repeating: .zero, count: pieceFrames)
    var frame = 0
    var pending = changes[...]
    while frame < lengthFrames {
      if let change = pending.first, renderer.isReady, change.frame <= frame {
        renderer.schedule(PreparedChange(change, sampleRate: sampleRate))
        pending.removeFirst()
      }
      // The piece ends at the next change, or soon if the renderer is still in a cross-fade.
      var end = min(lengthFrames, frame + pieceFrames)
      if let next = pending.first?.frame, next > frame { end = min(end, next) }
      if !renderer.isReady { end = min(end, frame + 64) }
      let piece = buffer[0..<end - frame]
      renderer.render(into: piece)
      if let stoppedAt { Self.fadeOut(piece, from: frame - stoppedAt, sampleRate: sampleRate) }
      try consume(piece)
      frame = end
    }
  }
}
