import TingleDSP

/// What a live renderer plays from one change to the next: a mix and a position in it, or silence.
public struct PlaybackSegment: Sendable {
  /// The mix; nil for silence.
  public var mix: Mix?
  /// The frame of the mix that coincides with the performance's frame 0, whether or not it was played.
  public var offsetFrames: Int

  /// A segment; silence if `mix` is nil.
  public init(_ mix: Mix?, offsetFrames: Int = 0) {
    self.mix = mix
    self.offsetFrames = offsetFrames
  }

  /// The performance's frame at which the mix ends; `Int.max` for silence.
  public func endFrame(sampleRate: Double) -> Int {
    mix.map { $0.durationFrames(sampleRate: sampleRate) - offsetFrames } ?? .max
  }
}
