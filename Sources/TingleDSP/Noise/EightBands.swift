/// Eight independent noise bands for each ear: white noise -> high-pass -> low-pass, 12 dB per octave each.
///
/// All bands of both ears have a noise of their own, so that neighbours add in power where they meet.
struct EightBands: Sendable {
  /// The coefficients: computed once, shared by all voices.
  struct Shape: Sendable {
    /// The centre frequency of each band in hertz: the geometric mean of its edges.
    static let centresHz: [Double] = (0..<8).map { (edgesHz[$0] * edgesHz[$0 + 1]).squareRoot() }
    private static let edgesHz: [Double] = [130, 300, 600, 1000, 1700, 2900, 4800, 8000, 15_000]

    fileprivate var highA1 = SIMD8<Float>.zero
    fileprivate var highA2 = SIMD8<Float>.zero
    fileprivate var lowB1 = SIMD8<Float>.zero
    fileprivate var lowA1 = SIMD8<Float>.zero
    fileprivate var lowA2 = SIMD8<Float>.zero
    /// The gains that bring each band to an RMS of 1.
    private(set) var unitGains = SIMD8<Float>.zero

    /// The standard deviation of a uniform number among 0, 1, ... 15.
    private static let nibbleRMS = 4.6098

    init(sampleRate: Double) {
      for k in 0..<8 {
        let upper = min(Self.edgesHz[k + 1], 0.47 * sampleRate)
        let high = BiquadCoefficients.highPass(cutoffHz: Self.edgesHz[k], q: 0.7071, sampleRate: sampleRate)
        let low = BiquadCoefficients.lowPass(cutoffHz: upper, q: 0.7071, sampleRate: sampleRate)
        let rms = BiquadCoefficients.noisePower(high, low, steps: 2048).squareRoot() * Self.nibbleRMS
        (highA1[k], highA2[k]) = (high.a1, high.a2)
        (lowB1[k], lowA1[k], lowA2[k]) = (low.b1 / low.b0, low.a1, low.a2)
        // Both filters run with a first coefficient of 1.
        unitGains[k] = Float(Double(high.b0 * low.b0) / rms)
      }
    }
  }

  /// The filter memory of one ear. Direct form I; the low-pass takes the output of the high-pass from the
  /// previous sample, so that both compute at the same time.
  private struct Ear: Sendable {
    var high1 = SIMD8<Float>.zero
    var high2 = SIMD8<Float>.zero
    var low1 = SIMD8<Float>.zero
    var low2 = SIMD8<Float>.zero
  }

  /// The gains of the bands at one moment.
  struct Gains: Sendable {
    var left = SIMD8<Float>.zero
    var right = SIMD8<Float>.zero
  }

  private let shape: Shape
  private var left = Ear()
  private var right = Ear()
  // The last two noises: at first their mean, so that the high-pass starts at rest.
  private var x1 = SIMD16<Int8>(repeating: 7)
  private var x2 = SIMD16<Int8>(repeating: 7)
  private var gains = Gains()
  private let key: UInt64
  private var index: UInt64 = 0

  /// Creates bands at rest, with gains of zero.
  init(_ shape: Shape, draws: Draws) {
    self.shape = shape
    key = draws.key
  }

  /// Adds the sum of the bands to a block. The gains move in straight lines from target to target.
  /// - Parameters:
  ///   - frames: the block, at most `Grid.frames`.
  ///   - targets: the gains at the ends of the steps; a gain of `unitGains` gives an RMS of 1.
  ///   - firstFrames: the length of the first step; all others have `stepFrames`.
  mutating func add(
    to frames: UnsafeMutableBufferPointer<SIMD2<Float>>, targets: UnsafePointer<Gains>, firstFrames: Int,
    stepFrames: Int
  ) {
    var differences = InlineArray<256, SIMD16<Int8>>(repeating: .zero)
    var leftSums = InlineArray<256, SIMD4<Float>>(repeating: .zero)
    var rightSums = InlineArray<256, SIMD4<Float>>(repeating: .zero)
    withUnsafeMutablePointer(to: &differences) { differences in
      withUnsafeMutablePointer(to: &leftSums) { leftSums in
        withUnsafeMutablePointer(to: &rightSums) { rightSums in
          let noise = UnsafeMutableRawPointer(differences).assumingMemoryBound(to: SIMD16<Int8>.self)
          let l = UnsafeMutableRawPointer(leftSums).assumingMemoryBound(to: SIMD4<Float>.self)
          let r = UnsafeMutableRawPointer(rightSums).assumingMemoryBound(to: SIMD4<Float>.self)
          fill(noise, count: frames.count)
          var first = 0
          var (step, count) = (0, firstFrames)
          while first < frames.count {
            let scale = 1 / Float(count)
            let target = targets[step]
            Self.filter(
              noise + first, 0, to: l + first, count, &left, shape, gain: gains.left,
              slope: scale * (target.left - gains.left))
            Self.filter(
              noise + first, 8, to: r + first, count, &right, shape, gain: gains.right,
              slope: scale * (target.right - gains.right))
            gains = target
            first += count
            step += 1
            count = stepFrames
          }
          for i in 0..<frames.count { frames[i] += SIMD4.laneSums(l[i], r[i]) }
        }
      }
    }
  }

  /// Fills a buffer with the second differences of white noise: the numerator of the high-pass.
  ///
  /// One draw gives the 16 noises of a frame, of four bits each: filtered, they are Gaussian enough.
  @inline(__always)
  private mutating func fill(_ differences: UnsafeMutablePointer<SIMD16<Int8>>, count: Int) {
    var (x1, x2, index) = (x1, x2, index)
    for i in 0..<count {
      let bytes = unsafeBitCast(Squares.bits64(counter: index, key: key), to: SIMD8<Int8>.self)
      index &+= 1
      let x = SIMD16<Int8>(lowHalf: bytes & 15, highHalf: (bytes &>> 4) & 15)
      differences[i] = (x &- x1) &- (x1 &- x2)
      (x2, x1) = (x1, x)
    }
    (self.x1, self.x2, self.index) = (x1, x2, index)
  }

  /// Filters one ear's noise: the bands times their gains, summed to four lanes.
  @inline(never) private static func filter(
    _ differences: UnsafePointer<SIMD16<Int8>>, _ offset: Int, to sums: UnsafeMutablePointer<SIMD4<Float>>,
    _ count: Int, _ ear: inout Ear, _ shape: Shape, gain: SIMD8<Float>, slope: SIMD8<Float>
  ) {
    let (highA1, highA2) = (shape.highA1, shape.highA2)
    let (lowB1, lowA1, lowA2) = (shape.lowB1, shape.lowA1, shape.lowA2)
    var (gain, high1, high2, low1, low2) = (gain, ear.high1, ear.high2, ear.low1, ear.low2)
    for i in 0..<count {
      let bytes = (UnsafeRawPointer(differences + i) + offset).loadUnaligned(as: SIMD8<Int8>.self)
      let high = (SIMD8<Float>(bytes) - highA2 * high2) - highA1 * high1
      let low = ((high1 + lowB1 * high2) - lowA2 * low2) - lowA1 * low1
      let scaled = gain * low
      sums[i] = scaled.lowHalf + scaled.highHalf
      gain += slope
      (high2, high1, low2, low1) = (high1, high, low1, low)
    }
    (ear.high1, ear.high2, ear.low1, ear.low2) = (high1, high2, low1, low2)
  }
}
