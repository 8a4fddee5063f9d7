import TingleDSP

/// The diffuse reverberation tail: 1024 echoes with exponential decay, different for each ear.
///
/// input -> damping (four channels, each darker than the one before) -> five stages of [delays and gains -> 4
/// x 4 Hadamard matrix] -> two channels. These are the delays and the mixing matrix of a feedback delay
/// network (J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES
/// Convention 90, 1991), unrolled into a chain without feedback, so that the tail has a finite length.
///
/// The delays of stage k are the digits of weight 4^-k of a number in base 4: five digits spread 4^5 = 1024
/// echoes evenly over the tail. Each echo's gain follows from its delay; longer delays are darker. Memory:
/// `memoryFrames`.
struct DiffuseTail: ~Copyable {
  /// The number of past frames that the output depends on.
  let memoryFrames: Int

  private struct Tap: Sendable {
    var frames = 0
    var gain: Float = 0
  }

  private static let stages = 5
  private static let channels = 4

  // [stage][channel]: the input of each stage. Stage 0's is the input signal, low-passed 0, 1, 2 and 3 times.
  private var lines: InlineArray<20, DelayLine>
  private var taps = InlineArray<20, Tap>(repeating: Tap())
  // A binomial FIR low-pass.
  private let damping: Buffer<Float>

  /// - Parameters:
  ///   - decaySeconds: the reverberation time (-60 dB), at which the tail ends.
  ///   - damping: how much faster the treble decays, 0 to 1.
  ///   - beginsSeconds: the delay before the first echo.
  init(decaySeconds: Double, damping: Double, beginsSeconds: Double, draws: Draws, sampleRate: Double) {
    var dice = Dice(draws)
    var longest = [Int](repeating: 0, count: Self.stages)
    for stage in 0..<Self.stages {
      let digit = decaySeconds / Maths.exp2(2 * Double(stage + 1))
      for channel in 0..<Self.channels {
        let seconds =
          (Double(channel) + dice.uniform(0.3...0.7)) * digit + (stage == 0 ? beginsSeconds : 0)
        // 60 dB is a factor of e^6.91. With random signs the matrix's sum is no louder than its differences.
        let gain = Maths.exp(-6.9078 * seconds / decaySeconds) * (dice.chance(0.5) ? 1 : -1)
        let frames = Int(seconds * sampleRate)
        taps[stage * Self.channels + channel] = Tap(frames: frames, gain: Float(gain))
        longest[stage] = max(longest[stage], frames)
      }
    }
    // The width of the low-pass in seconds is the same at every sample rate.
    let order = max(1, Int((8 * damping * sampleRate * sampleRate / (48000 * 48000)).rounded()))
    self.damping = Buffer(repeating: 0, count: order + 1)
    var coefficient = Maths.exp2(-Double(order))
    for k in 0...order {
      self.damping[k] = Float(coefficient)
      coefficient *= Double(order - k) / Double(k + 1)
    }
    memoryFrames = longest.reduce(0, +) + 3 * order + 1
    lines = InlineArray { index in
      let stage = index / Self.channels
      return DelayLine(longestFrames: stage == 0 ? max(longest[0], order) : longest[stage])
    }
  }

  /// Clears the delay lines.
  func reset() {
    for k in lines.indices { lines[k].reset() }
  }

  /// Writes the next block of the tail.
  mutating func render(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<StereoFrame>) {
    damp(input)
    for stage in 0..<Self.stages {
      let first = stage * Self.channels
      let (a, b, c, d) = (taps[first], taps[first + 1], taps[first + 2], taps[first + 3])
      let sources = (
        lines[first].delayed(a.frames), lines[first + 1].delayed(b.frames),
        lines[first + 2].delayed(c.frames), lines[first + 3].delayed(d.frames)
      )
      let gains = (0.5 * a.gain, 0.5 * b.gain, 0.5 * c.gain, 0.5 * d.gain)
      guard stage + 1 < Self.stages else {
        for k in stride(from: 0, to: Grid.frames, by: 8) {
          let mixed = Self.mixed(sources, gains, k)
          for i in 0..<8 { output[k + i] = StereoFrame(mixed.0[i], mixed.1[i]) }
        }
        return
      }
      let to = first + Self.channels
      let (p, q, r, s) = (lines[to].next, lines[to + 1].next, lines[to + 2].next, lines[to + 3].next)
      for k in stride(from: 0, to: Grid.frames, by: 8) {
        let mixed = Self.mixed(sources, gains, k)
        Vector.store(mixed.0, p, k)
        Vector.store(mixed.1, q, k)
        Vector.store(mixed.2, r, k)
        Vector.store(mixed.3, s, k)
      }
      for channel in 0..<Self.channels { lines[to + channel].advance() }
    }
  }

  private typealias Rows = (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>)
  private typealias Sources = (
    UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
  )

  /// Multiplies eight samples of four channels by the Hadamard matrix.
  @inline(__always)
  private static func mixed(_ sources: Sources, _ gains: (Float, Float, Float, Float), _ k: Int) -> Rows {
    let (a, b) = (gains.0 * Vector.eight(sources.0, k), gains.1 * Vector.eight(sources.1, k))
    let (c, d) = (gains.2 * Vector.eight(sources.2, k), gains.3 * Vector.eight(sources.3, k))
    let (ab, a_b, cd, c_d) = (a + b, a - b, c + d, c - d)
    return (ab + cd, a_b + c_d, ab - cd, a_b - c_d)
  }

  /// Writes the input of stage 0: each channel is the one before through the low-pass.
  private mutating func damp(_ input: UnsafePointer<Float>) {
    lines[0].next.update(from: input, count: Grid.frames)
    lines[0].advance()
    for channel in 1..<Self.channels {
      let output = lines[channel].next
      output.update(repeating: 0, count: Grid.frames)
      for k in damping.indices {
        let (source, coefficient) = (lines[channel - 1].delayed(k), damping[k])
        for i in stride(from: 0, to: Grid.frames, by: 8) {
          Vector.store(Vector.eight(output, i) + coefficient * Vector.eight(source, i), output, i)
        }
      }
      lines[channel].advance()
    }
  }

  /// The RMS gain: the square root of the impulse response's energy, averaged over both channels. Clears the
  /// state.
  mutating func measuredGain() -> Double {
    let impulse = Buffer<Float>(repeating: 0, count: Grid.frames)
    let output = Buffer<StereoFrame>(repeating: .zero, count: Grid.frames)
    impulse[0] = 1
    var energy = 0.0
    for _ in 0...memoryFrames / Grid.frames + 1 {
      render(impulse.baseAddress, into: output.baseAddress)
      impulse[0] = 0
      for k in output.indices { energy += Double((output[k] * output[k]).sum()) }
    }
    reset()
    return (0.5 * energy).squareRoot()
  }
}
