import TingleDSP

/// Makes a point of sound as wide as a thing: what lies round it throws it back, to each ear a little differently.
///
/// A few late, weak copies for each ear, from 0.4 to 3 ms, so that the ears no longer hear the same: an interaural correlation
/// near 0.7, where a point would have 1. Finite memory: `memoryFrames`.
struct Width: ~Copyable {
  private static let copies = 4
  private static let longestSeconds = 0.003
  // Of the power of all copies together, over that of the sound itself.
  private static let share = 0.55

  let memoryFrames: Int
  private let past: UnsafeMutableBufferPointer<StereoFrame>
  private var copies = InlineArray<4, (frames: SIMD2<Int32>, gains: SIMD2<Float>)>(
    repeating: (.zero, .zero))
  private let gain = Float(1 / (1 + Self.share).squareRoot())

  init(_ draws: Draws, sampleRate: Double) {
    memoryFrames = Int(Self.longestSeconds * sampleRate) + 1
    past = .allocate(capacity: memoryFrames + Grid.frames)
    past.initialize(repeating: .zero)
    var dice = Dice(draws)
    let size = (Self.share / Double(Self.copies)).squareRoot()
    for k in copies.indices {
      // One in each stretch of time, each stretch longer than the one before.
      func frames() -> Int32 {
        let place = (Double(k) + dice.uniform()) / Double(Self.copies)
        return Int32(0.0004 * Maths.pow(Self.longestSeconds / 0.0004, place) * sampleRate)
      }
      // Of the same sign for both, so that a mono sum keeps them.
      let sign = dice.chance(0.5) ? size : -size
      copies[k] = (SIMD2(frames(), frames()), SIMD2(repeating: gain * Float(sign)))
    }
  }

  deinit { past.deallocate() }

  /// Forgets everything.
  mutating func reset() { past.update(repeating: .zero) }

  /// Widens a block in place.
  mutating func process(_ block: UnsafeMutableBufferPointer<StereoFrame>) {
    for i in 0..<Grid.frames { past[memoryFrames + i] = block[i] }
    for i in 0..<Grid.frames { block[i] = gain * past[memoryFrames + i] }
    for k in copies.indices {
      let (frames, gains) = copies[k]
      let (left, right) = (memoryFrames - Int(frames.x), memoryFrames - Int(frames.y))
      for i in 0..<Grid.frames { block[i] += gains * StereoFrame(past[left + i].x, past[right + i].y) }
    }
    let base = past.baseAddress!
    base.update(from: base + Grid.frames, count: memoryFrames)
  }
}
