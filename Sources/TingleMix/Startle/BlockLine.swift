import TingleDSP

/// A delay line of whole blocks.
struct BlockLine {
  private let delayBlocks: Int
  private let frames: UnsafeMutableBufferPointer<StereoFrame>

  /// - Parameter delayBlocks: by how many blocks it delays.
  init(delayBlocks: Int) {
    self.delayBlocks = delayBlocks
    frames = .allocate(capacity: (delayBlocks + 1) * Grid.frames)
    frames.initialize(repeating: .zero)
  }

  func deallocate() { frames.deallocate() }

  /// Silences it.
  func reset() { frames.update(repeating: .zero) }

  /// Stores block `number`.
  func write(_ block: UnsafeMutableBufferPointer<StereoFrame>, block number: Int) {
    _ = frames.extracting(range(of: number)).update(fromContentsOf: block)
  }

  /// The block that was written `delayBlocks` before block `number`.
  func delayed(block number: Int) -> UnsafeMutableBufferPointer<StereoFrame> {
    frames.extracting(range(of: number - delayBlocks))
  }

  private func range(of number: Int) -> Range<Int> {
    let remainder = number % (delayBlocks + 1)
    let start = (remainder < 0 ? remainder + delayBlocks + 1 : remainder) * Grid.frames
    return start..<start + Grid.frames
  }
}
