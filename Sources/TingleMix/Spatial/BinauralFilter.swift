import TingleDSP

/// Both ears' filters for one layer, on the way from where the place was at a block's beginning to where it is at its end.
///
/// A delay's fraction is part of the filter (a windowed sinc), and the coefficients move in straight lines, sixteen steps a
/// block: nothing combs, nothing clicks. Finite memory: `memoryFrames`.
package struct BinauralFilter: ~Copyable {
  /// An ear's filter at a moment: frames of delay, then coefficients.
  private struct Kernel {
    var baseFrames = 0
    let taps: UnsafeMutablePointer<Float>
  }

  /// What both ears hear depends on so many frames before.
  package let memoryFrames: Int

  // Unmanaged: no reference is counted while the layer sounds.
  private let head: Unmanaged<HRTF>
  private let kernelTaps: Int
  private let widestTaps: Int
  private let storage: UnsafeMutableBufferPointer<Float>
  private var begins: (left: Kernel, right: Kernel)
  private var ends: (left: Kernel, right: Kernel)
  // The coefficients at work and what is added to them at each step.
  private let left: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>)
  private let right: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>)
  private let scratch: UnsafeMutablePointer<Float>
  // What each ear's filter has heard: the past, then the block.
  private let pastLeft: UnsafeMutablePointer<Float>
  private let pastRight: UnsafeMutablePointer<Float>
  private var framesSinceSound = Int.max / 2
  // The block that `ends` is the beginning of.
  private var knownBlock = Int.min

  private static let sincTaps = 8
  // A moving place's delay changes by less than this within a block.
  private static let slackFrames = 8
  private static let framesInStep = 16

  package init(_ head: HRTF) {
    self.head = .passRetained(head)
    kernelTaps = head.taps + Self.sincTaps
    widestTaps = kernelTaps + Self.slackFrames
    memoryFrames = (head.longestDelayFrames + widestTaps + 7) / 4 * 4
    let lengths = [
      kernelTaps, kernelTaps, kernelTaps, kernelTaps, widestTaps, widestTaps, widestTaps, widestTaps,
    ]
    let past = memoryFrames + Grid.frames
    storage = .allocate(capacity: lengths.reduce(0, +) + 2 * past + 3 * head.taps + head.nearTaps)
    storage.initialize(repeating: 0)
    var place = storage.baseAddress!
    func room(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { place += count }
      return place
    }
    begins = (Kernel(taps: room(kernelTaps)), Kernel(taps: room(kernelTaps)))
    ends = (Kernel(taps: room(kernelTaps)), Kernel(taps: room(kernelTaps)))
    left = (room(widestTaps), room(widestTaps))
    right = (room(widestTaps), room(widestTaps))
    pastLeft = room(past)
    pastRight = room(past)
    scratch = room(3 * head.taps + head.nearTaps)
  }

  deinit {
    storage.deallocate()
    head.release()
  }

  /// Forgets everything.
  package mutating func reset() {
    pastLeft.update(repeating: 0, count: memoryFrames)
    pastRight.update(repeating: 0, count: memoryFrames)
    framesSinceSound = Int.max / 2
    knownBlock = .min
  }

  /// Where the next block is to be written, one row for each ear, before `process`.
  package var rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>) {
    (pastLeft + memoryFrames, pastRight + memoryFrames)
  }

  /// Adds what the ears hear of the block in `rows`.
  /// - Parameters:
  ///   - number: the block's on the grid.
  ///   - from: where the place is at the block's beginning.
  ///   - to: where it is at its end; the same if it is still.
  package mutating func process(
    block number: Int, from: SourcePosition.Point, to: SourcePosition.Point,
    into mix: inout MutableSpan<StereoFrame>
  ) {
    guard hears() else { return }
    if knownBlock != number { begins = design(from, begins) } else { swap(&begins, &ends) }
    let isStill = from == to
    if isStill {
      swap(&begins, &ends)
    } else {
      ends = design(to, ends)
    }
    knownBlock = number + 1
    let first = isStill ? ends : begins
    let bases = (
      aim(left, from: first.left, to: ends.left), aim(right, from: first.right, to: ends.right)
    )
    mix.withUnsafeMutableBufferPointer {
      convolve(bases, taps: isStill ? kernelTaps : widestTaps, isMoving: !isStill, into: $0.baseAddress!)
    }
    pastLeft.update(from: pastLeft + Grid.frames, count: memoryFrames)
    pastRight.update(from: pastRight + Grid.frames, count: memoryFrames)
  }

  /// Whether anything of the block, or of what was before, can be heard.
  private mutating func hears() -> Bool {
    var loudest = SIMD4<Float>.zero
    let (left, right) = rows
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let (l, r) = (Vector.load(left, i), Vector.load(right, i))
      loudest += l * l + r * r
    }
    if loudest.sum() != 0 {
      framesSinceSound = 0
      return true
    }
    framesSinceSound += Grid.frames
    // What is remembered is silence by now.
    return framesSinceSound <= memoryFrames + Grid.frames
  }

  private func design(
    _ position: SourcePosition.Point, _ kernels: (left: Kernel, right: Kernel)
  ) -> (left: Kernel, right: Kernel) {
    head._withUnsafeGuaranteedRef { head in
      let (l, r) = (scratch, scratch + head.taps)
      let ears = head.design(position, left: l, right: r, scratch: r + head.taps)
      return (
        Self.kernel(l, head.taps, delay: ears.leftFrames, gain: ears.gain, into: kernels.left),
        Self.kernel(r, head.taps, delay: ears.rightFrames, gain: ears.gain, into: kernels.right)
      )
    }
  }

  /// A filter with a delay whose fraction is a windowed sinc; all are three frames late for it.
  private static func kernel(
    _ filter: UnsafePointer<Float>, _ count: Int, delay: Double, gain: Float, into kernel: Kernel
  ) -> Kernel {
    var kernel = kernel
    kernel.baseFrames = Int(delay)
    let fraction = delay - Double(kernel.baseFrames)
    let taps = kernel.taps
    taps.update(repeating: 0, count: count + sincTaps)
    let sine = Maths.sinCos(turns: fraction / 2).sin / .pi
    for j in 0..<sincTaps {
      // sin π(x) alternates in sign from tap to tap.
      let x = Double(j - 3) - fraction
      let sinc = abs(x) < 1e-9 ? 1 : (j.isMultiple(of: 2) ? 1 : -1) * sine / x
      let window = 0.5 + 0.5 * Maths.sinCos(turns: max(-0.5, min(0.5, x / Double(sincTaps)))).cos
      let share = gain * Float(sinc * window)
      var k = 0
      while k < count {
        Vector.store(Vector.load(taps, j + k) + share * Vector.load(filter, k), taps, j + k)
        k += 4
      }
    }
    return kernel
  }

  /// Sets coefficients at work, and their steps; returns the delay that both ends are written for.
  private func aim(
    _ work: (taps: UnsafeMutablePointer<Float>, steps: UnsafeMutablePointer<Float>), from: Kernel, to: Kernel
  ) -> Int {
    let base = min(from.baseFrames, to.baseFrames)
    work.taps.update(repeating: 0, count: widestTaps)
    (work.taps + min(Self.slackFrames, from.baseFrames - base)).update(from: from.taps, count: kernelTaps)
    work.steps.update(repeating: 0, count: widestTaps)
    (work.steps + min(Self.slackFrames, to.baseFrames - base)).update(from: to.taps, count: kernelTaps)
    let share = Float(Self.framesInStep) / Float(Grid.frames)
    for k in stride(from: 0, to: widestTaps, by: 4) {
      Vector.store(share * (Vector.load(work.steps, k) - Vector.load(work.taps, k)), work.steps, k)
      // Each step stands for its own middle.
      Vector.store(Vector.load(work.taps, k) + 0.5 * Vector.load(work.steps, k), work.taps, k)
    }
    return base
  }

  private func convolve(
    _ bases: (Int, Int), taps: Int, isMoving: Bool, into mix: UnsafeMutablePointer<StereoFrame>
  ) {
    let l = UnsafePointer(pastLeft + memoryFrames - bases.0)
    let r = UnsafePointer(pastRight + memoryFrames - bases.1)
    for n in stride(from: 0, to: Grid.frames, by: Self.framesInStep) {
      var (l0, l1, l2, l3) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
      var (r0, r1, r2, r3) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
      for k in 0..<taps {
        let (a, b) = (left.taps[k], right.taps[k])
        let (p, q) = (l + (n - k), r + (n - k))
        l0 += a * Vector.load(p, 0)
        l1 += a * Vector.load(p, 4)
        l2 += a * Vector.load(p, 8)
        l3 += a * Vector.load(p, 12)
        r0 += b * Vector.load(q, 0)
        r1 += b * Vector.load(q, 4)
        r2 += b * Vector.load(q, 8)
        r3 += b * Vector.load(q, 12)
      }
      Vector.add(l0, r0, mix, n)
      Vector.add(l1, r1, mix, n + 4)
      Vector.add(l2, r2, mix, n + 8)
      Vector.add(l3, r3, mix, n + 12)
      guard isMoving else { continue }
      for k in stride(from: 0, to: taps, by: 4) {
        Vector.store(Vector.load(left.taps, k) + Vector.load(left.steps, k), left.taps, k)
        Vector.store(Vector.load(right.taps, k) + Vector.load(right.steps, k), right.taps, k)
      }
    }
  }
}
