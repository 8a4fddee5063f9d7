/// A block-wise delay: what was written any number of frames ago, in one piece.
struct DelayLine {
  private let storage: UnsafeMutableBufferPointer<Float>
  private let capacity: Int
  private var position = 0

  /// - Parameter longestFrames: the longest delay that will be asked for.
  init(longestFrames: Int) {
    // Whole blocks, and the first one again behind the last: no read ever wraps.
    capacity = (longestFrames + Grid.frames - 1) / Grid.frames * Grid.frames + Grid.frames
    storage = .allocate(capacity: capacity + Grid.frames)
    storage.initialize(repeating: 0)
  }

  func deallocate() { storage.deallocate() }

  /// Forgets everything.
  func reset() { storage.update(repeating: 0) }

  /// Where the next block is to be written, before `written` says that it has been.
  var next: UnsafeMutablePointer<Float> { storage.baseAddress! + position }

  /// Says that the next block has been written.
  mutating func written() {
    let start = storage.baseAddress!
    if position == 0 { (start + capacity).update(from: start, count: Grid.frames) }
    position = position + Grid.frames == capacity ? 0 : position + Grid.frames
  }

  /// The last block written, so many frames earlier.
  func delayed(_ frames: Int) -> UnsafePointer<Float> {
    let start = position - Grid.frames - frames
    return UnsafePointer(storage.baseAddress! + (start < 0 ? start + capacity : start))
  }
}
