/// The reflections of what surrounds a source: the shelf it stands on, the wall behind it, a small room.
///
/// (left + right)/2 -> eight delay lines -> damping -> 8 x 8 Hadamard matrix -> delay lines; the damped
/// outputs of the lines, with a gain per ear -> block. This is the feedback delay network of J.-M. Jot and
/// A. Chaigne, "Digital delay networks for designing artificial reverberators", AES Convention 90 (1991). A
/// voice owns its surroundings and ends them with itself, so the feedback does not outlast it.
struct Surroundings: Sendable {
  /// The constants of the surroundings.
  struct Model: Sendable {
    /// The delays of the first reflection and of the longest line.
    var delaySeconds: ClosedRange<Double>
    /// The reverberation times (T60) at low and at high frequencies.
    var t60Seconds: (low: Double, high: Double)
    /// The frequency from which surfaces absorb more.
    var crossoverHz: Double
  }

  /// The constants of the lines at a sample rate, computed once per layer.
  struct Prepared: Sendable {
    fileprivate var frames = SIMD8<Int32>(repeating: 1)
    fileprivate var gain = SIMD8<Float>.zero
    // The share of the gain that is left above the crossover.
    fileprivate var treble = SIMD8<Float>.zero
    fileprivate var smoothing: Float = 0
    fileprivate var input: Float = 0
    fileprivate var tailFrames = 0

    /// - Parameters:
    ///   - model: the constants.
    ///   - levelDB: the energy of all reflections of an impulse relative to the impulse, in decibels.
    ///   - sampleRate: in hertz.
    init(_ model: Model, levelDB: Double, sampleRate: Double) {
      self.init(model, sampleRate: sampleRate)
      // The rate is fixed, so that the level is the same at every sample rate.
      input = Float(Maths.amplitude(dB: levelDB) / Self(model, sampleRate: 48000).impulseGain())
    }

    private init(_ model: Model, sampleRate: Double) {
      let ratio = model.delaySeconds.upperBound / model.delaySeconds.lowerBound
      var left = Surroundings.mostFrames
      for k in 0..<8 {
        // Equal ratios, moved by a few per cent so that no delay is a multiple of another.
        let seconds =
          model.delaySeconds.lowerBound * Maths.pow(ratio, Double(k) / 7) * Surroundings.spreads[k]
        // Each later line keeps one frame at least.
        let count = min(left - (7 - k), max(1, Int(seconds * sampleRate)))
        left -= count
        frames[k] = Int32(count)
        gain[k] = Float(Maths.amplitude(dB: -60 * seconds / model.t60Seconds.low))
        let high = Maths.amplitude(dB: -60 * seconds / model.t60Seconds.high)
        treble[k] = min(1, Float(high) / gain[k])
      }
      smoothing = Float(1 - Maths.exp(-2 * .pi * model.crossoverHz / sampleRate))
      input = 1
      tailFrames = Int(model.t60Seconds.low * Surroundings.tailDecades * sampleRate)
    }

    /// The RMS gain: the square root of the energy of the impulse response, averaged over both ears.
    private func impulseGain() -> Double {
      var surroundings = Surroundings(self)
      var block = InlineArray<256, SIMD2<Float>>(repeating: .zero)
      var energy = 0.0
      for number in 0...tailFrames / block.count {
        block[0] = SIMD2(repeating: number == 0 ? 1 : 0)
        var span = block.mutableSpan
        surroundings.process(&span, isSounding: true)
        for i in block.indices where number > 0 || i > 0 {
          energy += 0.5 * Double((block[i] * block[i]).sum())
        }
        block = InlineArray(repeating: .zero)
      }
      return energy.squareRoot()
    }
  }

  private let prepared: Prepared
  private var lines = InlineArray<8192, Float>(repeating: 0)
  // The first frame of each line in `lines`, the frame behind its last, and the frame to read and write next.
  private var starts = SIMD8<Int32>.zero
  private var ends = SIMD8<Int32>.zero
  private var positions = SIMD8<Int32>.zero
  private var smoothed = SIMD8<Float>.zero
  private var framesLeft = 0

  /// The frames of all lines together: 85 ms at 96 kHz.
  private static let mostFrames = 8192
  private static let spreads: InlineArray<8, Double> = [1, 1.03, 0.98, 1.01, 0.96, 1.02, 0.99, 1]
  /// The reflections end at -80 dB.
  private static let tailDecades = 80.0 / 60
  // The gains of the lines at the ears: random signs, and every reflection comes from one side or the other.
  private static let left = SIMD8<Float>(1.4, -0.5, -1.4, 0.5, -1.4, 0.5, 1.4, -0.5)
  private static let right = SIMD8<Float>(0.5, -1.4, -0.5, 1.4, -0.5, 1.4, 0.5, -1.4)

  /// Creates silent surroundings.
  init(_ prepared: Prepared) {
    self.prepared = prepared
    var start: Int32 = 0
    for k in 0..<8 {
      starts[k] = start
      start += prepared.frames[k]
      ends[k] = start
    }
    positions = starts
  }

  /// Whether the reflections have decayed.
  var isOver: Bool { framesLeft <= 0 }

  /// Adds the reflections of a block to the block.
  /// - Parameter isSounding: whether the block can hold sound; without it the reflections decay.
  mutating func process(_ block: inout MutableSpan<SIMD2<Float>>, isSounding: Bool) {
    if isSounding { framesLeft = prepared.tailFrames + block.count }
    guard framesLeft > 0 else { return }
    framesLeft -= block.count
    let (gain, treble, smoothing, input) = (
      prepared.gain, prepared.treble, prepared.smoothing, 0.5 * prepared.input
    )
    var (positions, smoothed) = (positions, smoothed)
    withUnsafeMutableBytes(of: &lines) { bytes in
      let line = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      for i in block.indices {
        var output = SIMD8<Float>.zero
        for k in 0..<8 { output[k] = line[Int(positions[k])] }
        smoothed += smoothing * (output - smoothed)
        let damped = gain * (smoothed + treble * (output - smoothed))
        let x = block[i]
        let fed = Self.mixed(damped) + input * (x.x + x.y)
        for k in 0..<8 { line[Int(positions[k])] = fed[k] }
        positions &+= 1
        positions.replace(with: starts, where: positions .== ends)
        block[i] = x + SIMD8.laneSums(Self.left * damped, Self.right * damped)
      }
    }
    (self.positions, self.smoothed) = (positions, smoothed)
  }

  /// Multiplies by the Hadamard matrix: three stages of sums and differences of neighbours.
  @inline(__always) private static func mixed(_ x: SIMD8<Float>) -> SIMD8<Float> {
    @inline(__always) func stage(_ x: SIMD8<Float>) -> SIMD8<Float> {
      SIMD8(lowHalf: x.evenHalf + x.oddHalf, highHalf: x.evenHalf - x.oddHalf)
    }
    return Float(0.125).squareRoot() * stage(stage(stage(x)))
  }
}
