import TingleDSP

/// High-frequency damping: two cascaded [1 2 1]/4 FIR low-passes, cross-faded with the equally delayed input.
///
/// input -> FIR (spacing 1) -> FIR (spacing 2) -> cross-fade by amount. The spacing is in frames at 48 kHz
/// and scales with the sample rate. The full amount attenuates by 2 dB at 3.5 kHz, 7 dB at 6 kHz, and nearly
/// everything from 10 kHz on. Memory: `memoryFrames`, six at 48 kHz; the latency is half of it.
struct HighDamping: ~Copyable {
  /// The number of past frames that the output depends on.
  let memoryFrames: Int
  private let step: Int
  // The last `memoryFrames` frames, then the current block.
  private let line: Buffer<StereoFrame>

  init(sampleRate: Double) {
    step = max(1, Int((sampleRate / 48000).rounded()))
    memoryFrames = 6 * step
    line = Buffer(repeating: .zero, count: memoryFrames + Grid.frames)
  }

  /// Clears the filter state.
  func reset() { line.fill(.zero) }

  /// Filters a block in place.
  /// - Parameters:
  ///   - from: the amount at the start of the block, 0 to 1.
  ///   - to: the amount at its end; it is interpolated linearly in between.
  func process(_ block: UnsafeMutableBufferPointer<StereoFrame>, from: Double, to: Double) {
    let x = line.baseAddress + memoryFrames
    x.update(from: block.baseAddress!, count: Grid.frames)
    if from > 0 || to > 0 {
      var amount = Float(from)
      let rise = (Float(to) - amount) / Float(Grid.frames)
      for i in 0..<Grid.frames {
        // The convolution of both filters: [1 2 3 4 3 2 1]/16 around the frame `3 * step` ago.
        let centre = x[i - 3 * step]
        let near = x[i - 2 * step] + x[i - 4 * step]
        let middle = x[i - step] + x[i - 5 * step]
        let outer = x[i] + x[i - 6 * step]
        let damped = 0.25 * centre + 0.1875 * near + 0.125 * middle + 0.0625 * outer
        // The dry share has the filter's delay, so that the two do not comb.
        block[i] = centre + amount * (damped - centre)
        amount += rise
      }
    } else {
      for i in 0..<Grid.frames { block[i] = line[memoryFrames + i - 3 * step] }
    }
    line.baseAddress.update(from: line.baseAddress + Grid.frames, count: memoryFrames)
  }
}
