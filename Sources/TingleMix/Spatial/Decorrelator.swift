import TingleDSP

/// A decorrelator: widens a point source by adding four short echoes per ear, with different delays for each
/// ear.
///
/// y = g (x + Σ ±a x[n - d_k]), d_k from 0.4 to 3 ms. The interaural correlation falls from 1 to about 0.7.
/// The echoes stand for reflections from objects around the source. Memory: `memoryFrames`, 3 ms.
struct Decorrelator: ~Copyable {
  private static let echoes = 4
  private static let shortestSeconds = 0.0004
  private static let longestSeconds = 0.003
  // The power of all echoes relative to the direct sound.
  private static let echoPower = 0.55

  /// The delay at each ear and the gain of one echo.
  private struct Echo: Sendable {
    var frames: (left: Int, right: Int) = (0, 0)
    var gain: Float = 0
  }

  /// The number of past frames that the output depends on.
  let memoryFrames: Int
  // For each ear: the last `memoryFrames` samples, then the current block.
  private let left: Buffer<Float>
  private let right: Buffer<Float>
  private var echoes = InlineArray<4, Echo>(repeating: Echo())
  private let gain = Float(1 / (1 + Self.echoPower).squareRoot())

  /// - Parameters:
  ///   - draws: determine the delays and signs of the echoes.
  ///   - sampleRate: in hertz.
  init(_ draws: Draws, sampleRate: Double) {
    memoryFrames = Int(Self.longestSeconds * sampleRate) + 1
    left = Buffer(repeating: 0, count: memoryFrames + Grid.frames)
    right = Buffer(repeating: 0, count: memoryFrames + Grid.frames)
    var dice = Dice(draws)
    let size = (Self.echoPower / Double(Self.echoes)).squareRoot()
    for k in echoes.indices {
      // One delay in each of four intervals that are equal on a logarithmic scale.
      func frames() -> Int {
        let share = (Double(k) + dice.uniform()) / Double(Self.echoes)
        return Int(
          Self.shortestSeconds * Maths.pow(Self.longestSeconds / Self.shortestSeconds, share) * sampleRate)
      }
      // The same sign at both ears, so that a mono downmix does not cancel them.
      echoes[k] = Echo(frames: (frames(), frames()), gain: gain * Float(dice.chance(0.5) ? size : -size))
    }
  }

  /// Clears the delay lines.
  mutating func reset() {
    left.fill(0)
    right.fill(0)
  }

  /// Writes the decorrelated block as one row of samples per ear.
  mutating func process(
    _ block: UnsafePointer<StereoFrame>,
    into rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>)
  ) {
    let (l, r) = (left.baseAddress, right.baseAddress)
    Vector.split(block, into: (l + memoryFrames, r + memoryFrames))
    let (e0, e1, e2, e3) = (echoes[0], echoes[1], echoes[2], echoes[3])
    addEchoes(l, (e0.frames.left, e1.frames.left, e2.frames.left, e3.frames.left), into: rows.left)
    addEchoes(r, (e0.frames.right, e1.frames.right, e2.frames.right, e3.frames.right), into: rows.right)
    l.update(from: l + Grid.frames, count: memoryFrames)
    r.update(from: r + Grid.frames, count: memoryFrames)
  }

  private func addEchoes(
    _ line: UnsafeMutablePointer<Float>, _ frames: (Int, Int, Int, Int), into row: UnsafeMutablePointer<Float>
  ) {
    let direct = UnsafePointer(line + memoryFrames)
    let (p0, p1, p2, p3) = (direct - frames.0, direct - frames.1, direct - frames.2, direct - frames.3)
    let (g0, g1, g2, g3) = (echoes[0].gain, echoes[1].gain, echoes[2].gain, echoes[3].gain)
    for i in stride(from: 0, to: Grid.frames, by: 8) {
      let early = gain * Vector.eight(direct, i) + g0 * Vector.eight(p0, i) + g1 * Vector.eight(p1, i)
      Vector.store(early + g2 * Vector.eight(p2, i) + g3 * Vector.eight(p3, i), row, i)
    }
  }
}
