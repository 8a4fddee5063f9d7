import TingleDSP

/// A room's tail: an exponential decay of a thousand echoes, denser than can be told apart, different for each ear.
///
/// A chain of lossless mixings without feedback. Four channels are delayed by the digits of a number to the base of four, mixed
/// by a Hadamard matrix, delayed by the next digit, and so on: five digits spread 1024 echoes evenly over the tail, each weighed
/// by the time it took. What travels longer is darker. The delays and mixing are those of feedback delay networks (J.-M. Jot and
/// A. Chaigne, "Digital delay networks for designing artificial reverberators", AES Convention 90, 1991), unrolled so that
/// they end.
struct DiffuseTail {
  /// What is heard now depends on so many frames before.
  let memoryFrames: Int

  private struct Tap: Sendable {
    var frames = 0
    var gain: Float = 0
  }

  private static let stages = 5
  private static let channels = 4

  // What came in, and the same once, twice and three times darkened; then what each stage hands to the next.
  private let heard: UnsafeMutableBufferPointer<DelayLine>
  private let lines: UnsafeMutableBufferPointer<DelayLine>
  private var taps = InlineArray<20, Tap>(repeating: Tap())
  // A binomial low-pass.
  private let darkening: UnsafeMutableBufferPointer<Float>

  /// - Parameters:
  ///   - decaySeconds: until it is 60 dB down, where it ends.
  ///   - damping: how much faster the treble goes, 0 to 1.
  ///   - beginsSeconds: before that there is nothing.
  init(decaySeconds: Double, damping: Double, beginsSeconds: Double, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    var longest = [Int](repeating: 0, count: Self.stages)
    for stage in 0..<Self.stages {
      let digit = decaySeconds / Maths.exp2(2 * Double(stage + 1))
      for channel in 0..<Self.channels {
        let seconds =
          (Double(channel) + dice.uniform(0.3...0.7)) * digit + (stage == 0 ? beginsSeconds : 0)
        // 60 dB are a factor of e^6.91. The sign spares the mixing's first sum from being louder than its differences.
        let gain = Maths.exp(-6.9078 * seconds / decaySeconds) * (dice.chance(0.5) ? 1 : -1)
        let frames = Int(seconds * sampleRate)
        taps[stage * Self.channels + channel] = Tap(frames: frames, gain: Float(gain))
        longest[stage] = max(longest[stage], frames)
      }
    }
    // Its width in seconds is the same at every rate.
    let order = max(1, Int((8 * damping * sampleRate * sampleRate / (48000 * 48000)).rounded()))
    darkening = .allocate(capacity: order + 1)
    var coefficient = Maths.exp2(-Double(order))
    for k in 0...order {
      (darkening.baseAddress! + k).initialize(to: Float(coefficient))
      coefficient *= Double(order - k) / Double(k + 1)
    }
    memoryFrames = longest.reduce(0, +) + 3 * order + 1
    heard = .allocate(capacity: Self.channels)
    lines = .allocate(capacity: (Self.stages - 1) * Self.channels)
    for k in heard.indices {
      (heard.baseAddress! + k).initialize(to: DelayLine(longestFrames: max(longest[0], order)))
    }
    for k in lines.indices {
      (lines.baseAddress! + k).initialize(to: DelayLine(longestFrames: longest[1 + k / Self.channels]))
    }
  }

  func deallocate() {
    for line in heard { line.deallocate() }
    for line in lines { line.deallocate() }
    heard.deallocate()
    lines.deallocate()
    darkening.deallocate()
  }

  /// Forgets everything.
  func reset() {
    for line in heard { line.reset() }
    for line in lines { line.reset() }
  }

  /// Writes the tail's next block.
  func render(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<StereoFrame>) {
    hear(input)
    for stage in 0..<Self.stages {
      let from = stage == 0 ? heard.baseAddress! : lines.baseAddress! + (stage - 1) * Self.channels
      let place = stage * Self.channels
      let (a, b, c, d) = (taps[place], taps[place + 1], taps[place + 2], taps[place + 3])
      let sources = (
        from[0].delayed(a.frames), from[1].delayed(b.frames), from[2].delayed(c.frames),
        from[3].delayed(d.frames)
      )
      let gains = (0.5 * a.gain, 0.5 * b.gain, 0.5 * c.gain, 0.5 * d.gain)
      guard stage + 1 < Self.stages else {
        for k in stride(from: 0, to: Grid.frames, by: 4) {
          let mixed = Self.mixed(sources, gains, k)
          for i in 0..<4 { output[k + i] = StereoFrame(mixed.0[i], mixed.1[i]) }
        }
        return
      }
      let to = lines.baseAddress! + place
      let (p, q, r, s) = (to[0].next, to[1].next, to[2].next, to[3].next)
      for k in stride(from: 0, to: Grid.frames, by: 4) {
        let mixed = Self.mixed(sources, gains, k)
        Vector.store(mixed.0, p, k)
        Vector.store(mixed.1, q, k)
        Vector.store(mixed.2, r, k)
        Vector.store(mixed.3, s, k)
      }
      for channel in 0..<Self.channels { to[channel].written() }
    }
  }

  private typealias Rows = (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)
  private typealias Sources = (
    UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
  )

  /// Four samples of four channels through the Hadamard matrix.
  @inline(__always)
  private static func mixed(_ sources: Sources, _ gains: (Float, Float, Float, Float), _ k: Int) -> Rows {
    let (a, b) = (gains.0 * Vector.load(sources.0, k), gains.1 * Vector.load(sources.1, k))
    let (c, d) = (gains.2 * Vector.load(sources.2, k), gains.3 * Vector.load(sources.3, k))
    let (ab, a_b, cd, c_d) = (a + b, a - b, c + d, c - d)
    return (ab + cd, a_b + c_d, ab - cd, a_b - c_d)
  }

  /// Takes a block in, and darkens it.
  private func hear(_ input: UnsafePointer<Float>) {
    heard[0].next.update(from: input, count: Grid.frames)
    heard[0].written()
    for line in 1..<Self.channels {
      let output = heard[line].next
      output.update(repeating: 0, count: Grid.frames)
      for k in darkening.indices {
        let (source, share) = (heard[line - 1].delayed(k), darkening[k])
        for i in stride(from: 0, to: Grid.frames, by: 4) {
          Vector.store(Vector.load(output, i) + share * Vector.load(source, i), output, i)
        }
      }
      heard[line].written()
    }
  }

  /// The square root of what the ears have of a single 1 in power, on the mean; forgets everything.
  func measuredGain(scratch: UnsafeMutableBufferPointer<StereoFrame>) -> Double {
    let one = UnsafeMutableBufferPointer<Float>.allocate(capacity: Grid.frames)
    defer { one.deallocate() }
    one.initialize(repeating: 0)
    one[0] = 1
    var power = 0.0
    for _ in 0...memoryFrames / Grid.frames + 1 {
      render(one.baseAddress!, into: scratch.baseAddress!)
      one[0] = 0
      for frame in scratch { power += Double((frame * frame).sum()) }
    }
    reset()
    return (0.5 * power).squareRoot()
  }
}
