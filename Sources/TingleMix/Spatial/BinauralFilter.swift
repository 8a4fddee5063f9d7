import TingleDSP

/// The binaural filter of one layer: convolution with a delayed FIR per ear, interpolated while the source
/// moves.
///
/// row per ear -> FIR(HRTF filter * windowed sinc of the delay's fraction), delayed by whole frames -> mix.
/// Within a block the coefficients move linearly in 16 steps from the source's start to its end: no comb
/// filtering, no clicks. Memory: `memoryFrames`.
package struct BinauralFilter: ~Copyable {
  /// One ear's filter for one source point: whole frames of delay, and FIR coefficients.
  private struct Kernel {
    var delayFrames = 0
    let taps: UnsafeMutablePointer<Float>
  }

  /// The number of past frames that the output depends on.
  package let memoryFrames: Int

  // Unmanaged: no reference counting while rendering.
  private let head: Unmanaged<HRTF>
  private let kernelTaps: Int
  private let widestTaps: Int
  // The memory of all the pointers below.
  private let storage: Buffer<Float>
  // The kernels at the start and at the end of the block.
  private var starts: (left: Kernel, right: Kernel)
  private var ends: (left: Kernel, right: Kernel)
  // The current coefficients, and their increment per step.
  private let left: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>)
  private let right: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>)
  private let scratch: UnsafeMutablePointer<Float>
  // Each ear's input: the last `memoryFrames` samples, then the current block.
  private let lineLeft: UnsafeMutablePointer<Float>
  private let lineRight: UnsafeMutablePointer<Float>
  private var framesSinceSound = Int.max / 2
  // The number of the block at whose start `ends` is valid.
  private var nextBlock = Int.min

  private static let sincTaps = 8
  // The delay of a moving source changes by less than this within a block.
  private static let slackFrames = 8
  private static let framesPerStep = 16

  /// A filter with cleared state.
  package init(_ head: HRTF) {
    self.head = .passRetained(head)
    kernelTaps = head.taps + Self.sincTaps
    widestTaps = kernelTaps + Self.slackFrames
    memoryFrames = (head.longestDelayFrames + widestTaps + 7) / 4 * 4
    let lineFrames = memoryFrames + Grid.frames
    let scratchTaps = 3 * head.taps + head.nearTaps
    storage = Buffer(repeating: 0, count: 4 * kernelTaps + 4 * widestTaps + 2 * lineFrames + scratchTaps)
    var cursor = storage.baseAddress
    func slice(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { cursor += count }
      return cursor
    }
    starts = (Kernel(taps: slice(kernelTaps)), Kernel(taps: slice(kernelTaps)))
    ends = (Kernel(taps: slice(kernelTaps)), Kernel(taps: slice(kernelTaps)))
    left = (slice(widestTaps), slice(widestTaps))
    right = (slice(widestTaps), slice(widestTaps))
    lineLeft = slice(lineFrames)
    lineRight = slice(lineFrames)
    scratch = slice(scratchTaps)
  }

  deinit { head.release() }

  /// Clears the input and the kernels.
  package mutating func reset() {
    lineLeft.update(repeating: 0, count: memoryFrames)
    lineRight.update(repeating: 0, count: memoryFrames)
    framesSinceSound = Int.max / 2
    nextBlock = .min
  }

  /// The input of the next block, one row of samples per ear; the caller fills both rows before `process`.
  package var rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>) {
    (lineLeft + memoryFrames, lineRight + memoryFrames)
  }

  /// Adds the binaural signal of the block in `rows` to the mix.
  /// - Parameters:
  ///   - number: the block's number on the grid.
  ///   - from: the source point at the start of the block.
  ///   - to: the source point at its end; equal to `from` for a still source.
  package mutating func process(
    block number: Int, from: SourcePosition.Point, to: SourcePosition.Point,
    into mix: inout MutableSpan<StereoFrame>
  ) {
    guard isSounding() else { return }
    if nextBlock != number { starts = design(from, starts) } else { swap(&starts, &ends) }
    let isStill = from == to
    if isStill {
      swap(&starts, &ends)
    } else {
      ends = design(to, ends)
    }
    nextBlock = number + 1
    let first = isStill ? ends : starts
    let delays = (
      load(left, from: first.left, to: ends.left), load(right, from: first.right, to: ends.right)
    )
    mix.withUnsafeMutableBufferPointer {
      convolve(delays, taps: isStill ? kernelTaps : widestTaps, isMoving: !isStill, into: $0.baseAddress!)
    }
    lineLeft.update(from: lineLeft + Grid.frames, count: memoryFrames)
    lineRight.update(from: lineRight + Grid.frames, count: memoryFrames)
  }

  /// Whether the input or the memory contains a non-zero sample.
  private mutating func isSounding() -> Bool {
    var energy = SIMD4<Float>.zero
    let (left, right) = rows
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let (l, r) = (Vector.load(left, i), Vector.load(right, i))
      energy += l * l + r * r
    }
    if energy.sum() != 0 {
      framesSinceSound = 0
      return true
    }
    framesSinceSound += Grid.frames
    return framesSinceSound <= memoryFrames + Grid.frames
  }

  private func design(
    _ point: SourcePosition.Point, _ kernels: (left: Kernel, right: Kernel)
  ) -> (left: Kernel, right: Kernel) {
    head._withUnsafeGuaranteedRef { head in
      let (l, r) = (scratch, scratch + head.taps)
      let ears = head.design(point, left: l, right: r, scratch: r + head.taps)
      return (
        Self.kernel(l, head.taps, delay: ears.leftFrames, gain: ears.gain, into: kernels.left),
        Self.kernel(r, head.taps, delay: ears.rightFrames, gain: ears.gain, into: kernels.right)
      )
    }
  }

  /// Convolves a filter with a fractional delay, a Hann-windowed sinc. The sinc adds three frames of latency.
  private static func kernel(
    _ filter: UnsafePointer<Float>, _ count: Int, delay: Double, gain: Float, into kernel: Kernel
  ) -> Kernel {
    var kernel = kernel
    kernel.delayFrames = Int(delay)
    let fraction = delay - Double(kernel.delayFrames)
    let taps = kernel.taps
    taps.update(repeating: 0, count: count + sincTaps)
    let sine = Maths.sinCos(turns: fraction / 2).sin / .pi
    for j in 0..<sincTaps {
      // sin π(x) alternates in sign from tap to tap.
      let x = Double(j - 3) - fraction
      let sinc = abs(x) < 1e-9 ? 1 : (j.isMultiple(of: 2) ? 1 : -1) * sine / x
      let window = 0.5 + 0.5 * Maths.sinCos(turns: max(-0.5, min(0.5, x / Double(sincTaps)))).cos
      let coefficient = gain * Float(sinc * window)
      var k = 0
      while k < count {
        Vector.store(Vector.load(taps, j + k) + coefficient * Vector.load(filter, k), taps, j + k)
        k += 4
      }
    }
    return kernel
  }

  /// Sets the current coefficients and their increments for one ear, both aligned to the shorter delay.
  /// - Returns: that delay in frames.
  private func load(
    _ work: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>), from: Kernel, to: Kernel
  ) -> Int {
    let delay = min(from.delayFrames, to.delayFrames)
    work.taps.update(repeating: 0, count: widestTaps)
    (work.taps + min(Self.slackFrames, from.delayFrames - delay)).update(from: from.taps, count: kernelTaps)
    work.steps.update(repeating: 0, count: widestTaps)
    (work.steps + min(Self.slackFrames, to.delayFrames - delay)).update(from: to.taps, count: kernelTaps)
    let share = Float(Self.framesPerStep) / Float(Grid.frames)
    for k in stride(from: 0, to: widestTaps, by: 4) {
      Vector.store(share * (Vector.load(work.steps, k) - Vector.load(work.taps, k)), work.steps, k)
      // A step uses the coefficients of its own middle.
      Vector.store(Vector.load(work.taps, k) + 0.5 * Vector.load(work.steps, k), work.taps, k)
    }
    return delay
  }

  private func convolve(
    _ delays: (Int, Int), taps: Int, isMoving: Bool, into mix: UnsafeMutablePointer<StereoFrame>
  ) {
    let l = UnsafePointer(lineLeft + memoryFrames - delays.0)
    let r = UnsafePointer(lineRight + memoryFrames - delays.1)
    for n in stride(from: 0, to: Grid.frames, by: Self.framesPerStep) {
      var (l0, l1, r0, r1) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
      for k in 0..<taps {
        let (a, b) = (left.taps[k], right.taps[k])
        l0 += a * Vector.eight(l, n - k)
        l1 += a * Vector.eight(l, n - k + 8)
        r0 += b * Vector.eight(r, n - k)
        r1 += b * Vector.eight(r, n - k + 8)
      }
      Vector.add(l0, r0, mix, n)
      Vector.add(l1, r1, mix, n + 8)
      guard isMoving else { continue }
      for k in stride(from: 0, to: taps, by: 4) {
        Vector.store(Vector.load(left.taps, k) + Vector.load(left.steps, k), left.taps, k)
        Vector.store(Vector.load(right.taps, k) + Vector.load(right.steps, k), right.taps, k)
      }
    }
  }
}
