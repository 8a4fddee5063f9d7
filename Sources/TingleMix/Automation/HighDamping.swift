import TingleDSP

/// Takes off highs, by a share: two short means of neighbours, and so without a memory worth mentioning.
///
/// At 48 kHz the full share takes 2 dB off at 3.5 kHz, 7 dB at 6 kHz and nearly everything from 10 kHz on.
struct HighDamping {
  /// Frames that are remembered.
  let memoryFrames: Int
  private let step: Int
  // What came before, then the block at work.
  private let line: UnsafeMutableBufferPointer<StereoFrame>

  init(sampleRate: Double) {
    step = max(1, Int((sampleRate / 48000).rounded()))
    memoryFrames = 6 * step
    line = .allocate(capacity: memoryFrames + Grid.frames)
    line.initialize(repeating: .zero)
  }

  func deallocate() { line.deallocate() }

  func reset() { line.update(repeating: .zero) }

  /// Darkens a block by a share that goes from one number to another.
  func process(_ block: UnsafeMutableBufferPointer<StereoFrame>, from: Double, to: Double) {
    let now = line.extracting(memoryFrames..<memoryFrames + Grid.frames)
    _ = now.update(fromContentsOf: block)
    if from > 0 || to > 0 {
      var share = Float(from)
      let rise = (Float(to) - share) / Float(Grid.frames)
      let x = line.baseAddress! + memoryFrames
      for i in 0..<Grid.frames {
        // (1 2 1)/4 at one step, then at two.
        let inner = x[i - 3 * step]
        let near = x[i - 2 * step] + x[i - 4 * step]
        let next = x[i - step] + x[i - 5 * step]
        let far = x[i] + x[i - 6 * step]
        let dark = 0.25 * inner + 0.1875 * near + 0.125 * next + 0.0625 * far
        // The undelayed share is as late as the dark one: the ear hears one sound.
        block[i] = inner + share * (dark - inner)
        share += rise
      }
    } else {
      for i in 0..<Grid.frames { block[i] = line[memoryFrames + i - 3 * step] }
    }
    _ = line.extracting(0..<memoryFrames).update(
      fromContentsOf: line.extracting(Grid.frames..<Grid.frames + memoryFrames))
  }
}
