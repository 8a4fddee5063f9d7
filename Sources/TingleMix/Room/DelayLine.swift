import TingleDSP

/// A mono delay line that is written and read in whole blocks, at any delay up to a maximum.
struct DelayLine: ~Copyable {
  // A ring of whole blocks, with a copy of its first block behind the last: no read wraps.
  private let storage: Buffer<Float>
  private let capacity: Int
  private var index = 0

  /// - Parameter longestFrames: the longest delay in frames.
  init(longestFrames: Int) {
    capacity = (longestFrames + Grid.frames - 1) / Grid.frames * Grid.frames + Grid.frames
    storage = Buffer(repeating: 0, count: capacity + Grid.frames)
  }

  /// Clears the delay line.
  func reset() { storage.fill(0) }

  /// The memory for the next block. The caller fills it, then calls `advance`.
  var next: UnsafeMutablePointer<Float> { storage.baseAddress + index }

  /// Makes the block in `next` the newest one.
  mutating func advance() {
    let start = storage.baseAddress
    if index == 0 { (start + capacity).update(from: start, count: Grid.frames) }
    index = index + Grid.frames == capacity ? 0 : index + Grid.frames
  }

  /// The newest block, delayed by a number of frames.
  func delayed(_ frames: Int) -> UnsafePointer<Float> {
    let start = index - Grid.frames - frames
    return UnsafePointer(storage.baseAddress + (start < 0 ? start + capacity : start))
  }
}
