/// A delay before a sound starts, counted down block by block.
struct StartDelay: Sendable {
  private var frames: Int

  /// - Parameter frames: the delay, counted from the first frame of the next block.
  init(frames: Int = 0) { self.frames = frames }

  /// Advances by one block.
  /// - Returns: the first frame of the block in which the sound is on, or nil if it starts after the block.
  @inline(__always) mutating func firstFrame(inBlockOf count: Int) -> Int? {
    guard frames < count else {
      frames -= count
      return nil
    }
    defer { frames = 0 }
    return frames
  }
}
