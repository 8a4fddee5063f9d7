/// The slow Gaussian processes behind a texture's levels: for each band and ear one process, a sum of octaves
/// of modulation from 125 Hz down to 0.06 Hz.
///
/// Octave `j` is random numbers on a grid of 2^`j` ticks, correlated across bands, under kernels an octave
/// wide: 14 of them reach any time. So any tick can be computed without the ones before.
struct TextureModulators: ~Copyable {
  /// The duration of a tick in seconds: 128 samples at 48 kHz.
  static let tickSeconds = 128.0 / 48000
  /// The number of processes: the left ear's bands, then the parts of the right ear's that are its own.
  static let lanes = 2 * TextureBands.count
  /// Half the length of a kernel in grid steps.
  static let reach = 7

  private typealias Lanes = UnsafeMutablePointer<SIMD8<Float>>
  private static let vectors = lanes / 8
  // Grid values of one octave: 16 in use, written twice, so that 14 in succession are contiguous.
  private static let ring = 32
  private static let phases = 8

  /// An octave that is in use.
  private struct Octave: BitwiseCopyable {
    let number: Int
    /// Ticks between two evaluations, with straight lines between them; a power of two.
    let spacing: Int
    /// The next grid point to draw.
    var next = 0
    let keys: SIMD2<UInt64>
  }

  private let octaves: Buffer<Octave>
  // For each octave and lane: the amplitude of its own noise, then of the four shared ones.
  private let mixes: Buffer<SIMD8<Float>>
  private let grid: Buffer<SIMD8<Float>>
  // For each octave: the last evaluation, the difference to the next, and the next.
  private let lines: Buffer<SIMD8<Float>>
  private let kernels: Buffer<Float>
  private let sums: Buffer<SIMD8<Float>>

  init(_ model: TextureModel, draws: Draws) {
    let bands = TextureBands.count
    let used = (0..<TextureModel.octaveCount).filter { j in
      (0..<bands).contains { model.fluctuation[$0 * TextureModel.octaveCount + j] > 1e-3 }
    }
    octaves = Buffer(
      used.map { j in
        Octave(
          number: j, spacing: max(1, (1 << j) >> 3),
          keys: SIMD2(draws.branch(2 * j).key, draws.branch(2 * j + 1).key))
      })
    var mixes: [Float] = []
    for j in used {
      let amplitudes = (0..<Self.lanes).map { model.fluctuation[$0 % bands * TextureModel.octaveCount + j] }
      func loading(_ lane: Int, _ r: Int) -> Double {
        model.shared[(j * bands + lane % bands) * TextureModel.sharedCount + r]
      }
      mixes += (0..<Self.lanes).map { lane in
        let power = (0..<TextureModel.sharedCount).reduce(0) { $0 + loading(lane, $1) * loading(lane, $1) }
        return Float(amplitudes[lane] * max(0, 1 - power).squareRoot())
      }
      for r in 0..<TextureModel.sharedCount {
        mixes += (0..<Self.lanes).map { Float(amplitudes[$0] * loading($0, r)) }
      }
    }
    self.mixes = Buffer(
      stride(from: 0, to: mixes.count, by: 8).map { start in
        SIMD8<Float>(mixes[start..<start + 8])
      })
    grid = Buffer(repeating: .zero, count: used.count * Self.ring * Self.vectors)
    lines = Buffer(repeating: .zero, count: used.count * 3 * Self.vectors)
    kernels = Buffer(
      (0..<Self.phases).flatMap { phase in
        (0..<2 * Self.reach).map { tap in
          Float(Self.kernel(Double(phase) / Double(Self.phases) - Double(tap - Self.reach + 1)))
        }
      })
    sums = Buffer(repeating: .zero, count: Self.vectors)
  }

  /// A kernel of one octave, centred on a third of the grid's rate: a cosine under a Gaussian. The sum of its
  /// squares over a grid is 1.
  static func kernel(_ steps: Double) -> Double {
    guard abs(steps) < Double(reach) else { return 0 }
    let bell = Maths.exp(-0.5 * (steps / 2.1) * (steps / 2.1))
    return Maths.sinCos(turns: steps / 3).cos * bell / kernelNorm
  }

  // The root of the kernel's energy, ∫ cos²(2πu/3) e^(-(u/2.1)²) du.
  private static let kernelNorm = 1.364_210_7

  /// Prepares `advance` for a tick.
  func seek(toTick tick: Int) {
    for k in octaves.indices {
      let octave = octaves[k]
      let start = Self.floor(tick, octave.spacing)
      octaves[k].next = (start >> octave.number) - Self.reach + 1
      // The evaluations before and after the tick.
      evaluate(k, at: start)
      guard octave.spacing > 1, start != tick else { continue }
      startLine(k, at: start)
    }
  }

  private static func floor(_ tick: Int, _ spacing: Int) -> Int { tick & ~(spacing - 1) }

  /// Computes all processes at a tick, the one after the last. They are valid until the next call.
  /// - Returns: the values of the left ear's bands and of the right ear's own parts, `lanes` of them.
  func advance(to tick: Int) -> UnsafePointer<Float> {
    let sums = sums.baseAddress
    for v in 0..<Self.vectors { sums[v] = .zero }
    for k in octaves.indices {
      let octave = octaves[k]
      let line = lines.baseAddress + k * 3 * Self.vectors
      if octave.spacing == 1 {
        evaluate(k, at: tick)
        for v in 0..<Self.vectors { sums[v] += line[2 * Self.vectors + v] }
        continue
      }
      let offset = tick & (octave.spacing - 1)
      if offset == 0 { startLine(k, at: tick) }
      let share = Float(offset) / Float(octave.spacing)
      for v in 0..<Self.vectors { sums[v] += line[v] + share * line[Self.vectors + v] }
    }
    return UnsafeRawPointer(sums).assumingMemoryBound(to: Float.self)
  }

  /// Starts the straight line from the last evaluation, at a tick, to the next.
  private func startLine(_ k: Int, at tick: Int) {
    let line = lines.baseAddress + k * 3 * Self.vectors
    for v in 0..<Self.vectors { line[v] = line[2 * Self.vectors + v] }
    evaluate(k, at: tick + octaves[k].spacing)
    for v in 0..<Self.vectors { line[Self.vectors + v] = line[2 * Self.vectors + v] - line[v] }
  }

  /// Evaluates an octave at a tick that is a multiple of its spacing, into the third part of its line.
  private func evaluate(_ k: Int, at tick: Int) {
    let octave = octaves[k]
    let base = tick >> octave.number
    while octaves[k].next <= base + Self.reach { draw(k) }
    let offset = tick & ((1 << octave.number) - 1)
    let phase = octave.number < 3 ? offset << (3 - octave.number) : offset >> (octave.number - 3)
    let weights = kernels.baseAddress + phase * 2 * Self.reach
    let first = (base - Self.reach + 1) & (Self.ring / 2 - 1)
    let points = grid.baseAddress + (k * Self.ring + first) * Self.vectors
    let out = lines.baseAddress + (k * 3 + 2) * Self.vectors
    for v in 0..<Self.vectors {
      var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
      for tap in stride(from: 0, to: 2 * Self.reach, by: 2) {
        even += weights[tap] * points[tap * Self.vectors + v]
        odd += weights[tap + 1] * points[(tap + 1) * Self.vectors + v]
      }
      out[v] = even + odd
    }
  }

  /// Draws the next grid point of an octave: shared noises and each lane's own, mixed.
  private func draw(_ k: Int) {
    let octave = octaves[k]
    let counter = UInt64(bitPattern: Int64(octave.next)) &* 128
    let mix = mixes.baseAddress + k * 5 * Self.vectors
    let slot = octave.next & (Self.ring / 2 - 1)
    let out = grid.baseAddress + (k * Self.ring + slot) * Self.vectors
    let copy = out + Self.ring / 2 * Self.vectors
    // The right ear's own processes have shared noises of their own.
    let common = Self.eight(octave.keys.x, counter)
    for v in 0..<Self.vectors {
      let own = Self.eight(octave.keys.y, counter &+ UInt64(4 &* v))
      // The fifth vector has lanes of both ears.
      let first = v < 5 ? common.lowHalf : common.highHalf
      let last = v < 4 ? common.lowHalf : common.highHalf
      var sum = mix[v] * own
      for r in 0..<4 {
        let shared = SIMD8(
          lowHalf: SIMD4(repeating: first[r]), highHalf: SIMD4(repeating: last[r]))
        sum += mix[(r &+ 1) &* Self.vectors &+ v] * shared
      }
      out[v] = sum
      copy[v] = sum
    }
    octaves[k].next += 1
  }

  /// Eight numbers, each the sum of two uniform 16-bit numbers, with a variance of 1, from the four draws
  /// from `counter` on. Kernels and octaves add many of them, so that the sums are Gaussian.
  @inline(__always) private static func eight(_ key: UInt64, _ counter: UInt64) -> SIMD8<Float> {
    let bits = SIMD4<UInt64>(
      Squares.bits64(counter: counter, key: key), Squares.bits64(counter: counter &+ 1, key: key),
      Squares.bits64(counter: counter &+ 2, key: key), Squares.bits64(counter: counter &+ 3, key: key))
    let words = unsafeBitCast(bits, to: SIMD16<Int16>.self)
    let first = SIMD8<Int32>(truncatingIfNeeded: words.evenHalf)
    let sums = first &+ SIMD8<Int32>(truncatingIfNeeded: words.oddHalf)
    return (SIMD8<Float>(sums) + 1) * (0x1p-15 * 1.224_744_9)
  }

  /// The sum of four uniform 16-bit numbers, with a variance of 1. Kernels and octaves add many of them.
  @inline(__always) static func gaussian(_ key: UInt64, _ counter: UInt64) -> Float {
    let words = unsafeBitCast(Squares.bits64(counter: counter, key: key), to: SIMD4<Int16>.self)
    let numbers = SIMD4<Int32>(truncatingIfNeeded: words)
    return Float(numbers.wrappedSum() + 2) * (0x1p-15 * 0.866_025_4)
  }
}
