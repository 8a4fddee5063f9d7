import TingleDSP

/// A stereo delay line with a fixed delay of whole blocks. Memory: `delayBlocks` blocks.
struct BlockDelayLine: ~Copyable {
  private let delayBlocks: Int
  private let frames: Buffer<StereoFrame>

  /// - Parameter delayBlocks: the delay in blocks.
  init(delayBlocks: Int) {
    self.delayBlocks = delayBlocks
    frames = Buffer(repeating: .zero, count: (delayBlocks + 1) * Grid.frames)
  }

  /// Clears the delay line.
  func reset() { frames.fill(.zero) }

  /// Stores block `number`.
  func write(_ block: UnsafeMutableBufferPointer<StereoFrame>, block number: Int) {
    _ = frames[range(of: number)].update(fromContentsOf: block)
  }

  /// The block that was written `delayBlocks` before block `number`.
  func delayed(block number: Int) -> UnsafeMutableBufferPointer<StereoFrame> {
    frames[range(of: number - delayBlocks)]
  }

  private func range(of number: Int) -> Range<Int> {
    let remainder = number % (delayBlocks + 1)
    let start = (remainder < 0 ? remainder + delayBlocks + 1 : remainder) * Grid.frames
    return start..<start + Grid.frames
  }
}
