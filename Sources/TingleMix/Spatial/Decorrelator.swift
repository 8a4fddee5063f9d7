import TingleDSP

/// Makes a point of sound as wide as a thing: what lies round it throws it back, to each ear a little differently.
///
/// A few late, weak copies for each ear, from 0.4 to 3 ms, so that the ears no longer hear the same: an interaural correlation
/// near 0.7, where a point would have 1. Finite memory: `memoryFrames`.
struct Decorrelator: ~Copyable {
  private static let copies = 4
  private static let longestSeconds = 0.003
  // Of the power of all copies together, over that of the sound itself.
  private static let share = 0.55

  /// A copy: how late either ear hears it, and how loud.
  private struct Copy: Sendable {
    var frames: (left: Int, right: Int) = (0, 0)
    var gain: Float = 0
  }

  let memoryFrames: Int
  private let left: UnsafeMutablePointer<Float>
  private let right: UnsafeMutablePointer<Float>
  private var copies = InlineArray<4, Copy>(repeating: Copy())
  private let gain = Float(1 / (1 + Self.share).squareRoot())

  init(_ draws: Draws, sampleRate: Double) {
    memoryFrames = Int(Self.longestSeconds * sampleRate) + 1
    left = .allocate(capacity: memoryFrames + Grid.frames)
    right = .allocate(capacity: memoryFrames + Grid.frames)
    left.initialize(repeating: 0, count: memoryFrames + Grid.frames)
    right.initialize(repeating: 0, count: memoryFrames + Grid.frames)
    var dice = Dice(draws)
    let size = (Self.share / Double(Self.copies)).squareRoot()
    for k in copies.indices {
      // One in each stretch of time, each stretch longer than the one before.
      func frames() -> Int {
        let place = (Double(k) + dice.uniform()) / Double(Self.copies)
        return Int(0.0004 * Maths.pow(Self.longestSeconds / 0.0004, place) * sampleRate)
      }
      // Of the same sign for both, so that a mono sum keeps them.
      copies[k] = Copy(frames: (frames(), frames()), gain: gain * Float(dice.chance(0.5) ? size : -size))
    }
  }

  deinit {
    left.deallocate()
    right.deallocate()
  }

  /// Forgets everything.
  mutating func reset() {
    left.update(repeating: 0, count: memoryFrames)
    right.update(repeating: 0, count: memoryFrames)
  }

  /// Writes a block, wider, as one row for each ear.
  mutating func process(
    _ block: UnsafePointer<StereoFrame>,
    into rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>)
  ) {
    Vector.split(block, into: (left + memoryFrames, right + memoryFrames))
    let (c0, c1, c2, c3) = (copies[0], copies[1], copies[2], copies[3])
    widen(left, (c0.frames.left, c1.frames.left, c2.frames.left, c3.frames.left), into: rows.left)
    widen(right, (c0.frames.right, c1.frames.right, c2.frames.right, c3.frames.right), into: rows.right)
    left.update(from: left + Grid.frames, count: memoryFrames)
    right.update(from: right + Grid.frames, count: memoryFrames)
  }

  private func widen(
    _ past: UnsafeMutablePointer<Float>, _ frames: (Int, Int, Int, Int), into row: UnsafeMutablePointer<Float>
  ) {
    let now = UnsafePointer(past + memoryFrames)
    let (p0, p1, p2, p3) = (now - frames.0, now - frames.1, now - frames.2, now - frames.3)
    let (g0, g1, g2, g3) = (copies[0].gain, copies[1].gain, copies[2].gain, copies[3].gain)
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let early = gain * Vector.load(now, i) + g0 * Vector.load(p0, i) + g1 * Vector.load(p1, i)
      Vector.store(early + g2 * Vector.load(p2, i) + g3 * Vector.load(p3, i), row, i)
    }
  }
}
