import TingleDSP

/// What is played from a moment on: a mix, and where in it; or nothing.
public struct PlaybackSegment: Sendable {
  /// Nil for silence.
  public var mix: Mix?
  /// The frame of the mix that is heard at the performance's frame 0, whether or not it was.
  public var offsetFrames: Int

  /// A take.
  public init(_ mix: Mix?, offsetFrames: Int = 0) {
    self.mix = mix
    self.offsetFrames = offsetFrames
  }

  /// The performance's frame at which its mix is over; never, for silence.
  public func endFrame(sampleRate: Double) -> Int {
    mix.map { $0.durationFrames(sampleRate: sampleRate) - offsetFrames } ?? .max
  }
}

/// One take gives way to another, cross-faded. Where nothing differs nothing is heard: layers that stay as they are stay the
/// same to the bit, for what a mix sounds like at a frame does not depend on when it was begun.
public struct Change: Sendable {
  /// The performance's frame at which it begins.
  public var frame: Int
  public var take: PlaybackSegment
  /// How long the cross-fade lasts; 1 or more.
  public var crossfadeFrames: Int

  /// A change.
  public init(at frame: Int, to take: PlaybackSegment, crossfadeFrames: Int) {
    self.frame = frame
    self.take = take
    self.crossfadeFrames = crossfadeFrames
  }
}

/// What was played: a take, and the changes that were made, in their order. The same performance gives the same bits again.
public struct Performance: Sendable {
  public var first: PlaybackSegment
  public var changes: [Change]
  /// In frames.
  public var length: Int
  /// The frame from which it was faded out, if it was stopped before its end.
  public var stoppedAt: Int?
  /// In hertz.
  public let sampleRate: Double

  /// A performance to come.
  public init(_ first: PlaybackSegment, sampleRate: Double) {
    self.first = first
    self.sampleRate = sampleRate
    changes = []
    length = 0
  }

  /// How long the sound takes to go when it is stopped.
  public static let stopFadeSeconds = 0.3

  /// Fades frames out that begin so many frames after the fade-out did, or before it.
  public static func fadeOut(
    _ frames: UnsafeMutableBufferPointer<StereoFrame>, from faded: Int, sampleRate: Double
  ) {
    guard faded + frames.count > 0 else { return }
    let length = stopFadeSeconds * sampleRate
    for k in 0..<frames.count { frames[k] *= Float(1 - Curves.step(Double(faded + k) / length)) }
  }

  /// Plays it again, a piece at a time.
  public func render(
    pieceFrames: Int = 1 << 16, consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void
  ) rethrows {
    let liveRenderer = LiveRenderer(first, sampleRate: sampleRate)
    let piece = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: pieceFrames)
    piece.initialize(repeating: .zero)
    defer { piece.deallocate() }
    var frame = 0
    var coming = changes[...]
    while frame < length {
      if let change = coming.first, liveRenderer.isReady, change.frame <= frame {
        liveRenderer.hand(over: PreparedChange(change, sampleRate: sampleRate))
        coming.removeFirst()
      }
      // A change is handed over when it is due, and the next one when that one is over.
      var end = min(length, frame + pieceFrames)
      if let next = coming.first?.frame, next > frame { end = min(end, next) }
      if !liveRenderer.isReady { end = min(end, frame + 64) }
      let part = piece.extracting(0..<end - frame)
      liveRenderer.render(into: part)
      if let stoppedAt { Self.fadeOut(part, from: frame - stoppedAt, sampleRate: sampleRate) }
      try consume(part)
      frame = end
    }
  }
}
