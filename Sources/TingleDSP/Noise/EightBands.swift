/// Eight noise bands for two ears: white noise -> high-pass -> low-pass, 12 dB per octave each.
///
/// Each band of each ear has a noise of its own, so that neighbours add in power where they meet. In the low
/// bands, the right ear also hears that of the left one: there the ears are alike in any diffuse field.
struct EightBands: Sendable {
  /// The coefficients: computed once, shared by all voices.
  struct Shape: Sendable {
    /// The centre frequency of each of the usual bands in hertz: the geometric mean of its edges.
    static let centresHz: [Double] = (0..<8).map { (usualEdgesHz[$0] * usualEdgesHz[$0 + 1]).squareRoot() }
    private static let usualEdgesHz: [Double] = [130, 300, 600, 1000, 1700, 2900, 4800, 8000, 15_000]
    /// The edges of the octaves around 63 Hz ... 8 kHz.
    static let octaveEdgesHz: [Double] = (0..<9).map { 44.2 * Maths.exp2(Double($0)) }

    fileprivate var highA1 = SIMD8<Float>.zero
    fileprivate var highA2 = SIMD8<Float>.zero
    fileprivate var lowB1 = SIMD8<Float>.zero
    fileprivate var lowA1 = SIMD8<Float>.zero
    fileprivate var lowA2 = SIMD8<Float>.zero
    /// The gains that bring each band to an RMS of 1.
    private(set) var unitGains = SIMD8<Float>.zero
    /// The correlation of the ears in the lower four bands, and the gain of the part of the right ear that
    /// is not the left ear's.
    fileprivate var shared = SIMD4<Float>.zero
    fileprivate var own = SIMD4<Float>.zero

    /// The standard deviation of a uniform number among 0, 1, ... 15.
    private static let nibbleRMS = 4.6098

    /// - Parameters:
    ///   - edgesHz: the lower edge of each band, and the upper edge of the last.
    ///   - isDiffuse: whether the ears are alike in the low bands, as in a diffuse field.
    init(edgesHz: [Double] = Self.usualEdgesHz, isDiffuse: Bool = true, sampleRate: Double) {
      // A band at low frequencies is narrow.
      let steps = edgesHz[0] < 100 ? 8192 : 2048
      for k in 0..<8 {
        let upperHz = min(edgesHz[k + 1], 0.47 * sampleRate)
        let high = BiquadCoefficients.highPass(cutoffHz: edgesHz[k], q: 0.7071, sampleRate: sampleRate)
        let low = BiquadCoefficients.lowPass(cutoffHz: upperHz, q: 0.7071, sampleRate: sampleRate)
        let rms = BiquadCoefficients.noisePower(high, low, steps: steps).squareRoot() * Self.nibbleRMS
        (highA1[k], highA2[k]) = (high.a1, high.a2)
        (lowB1[k], lowA1[k], lowA2[k]) = (low.b1 / low.b0, low.a1, low.a2)
        // Both filters run with a first coefficient of 1.
        unitGains[k] = Float(Double(high.b0 * low.b0) / rms)
        guard k < 4 else { continue }
        let centreHz = (edgesHz[k] * edgesHz[k + 1]).squareRoot()
        let correlation = isDiffuse ? Self.interauralCorrelation(hz: centreHz) : 0
        shared[k] = Float(correlation)
        own[k] = Float((1 - correlation * correlation).squareRoot())
      }
    }

    /// The correlation of the ears of a head in a diffuse field: C. Borß and R. Martin, "An improved
    /// parametric model for perception-based design of virtual acoustics", AES 35th conference (2009).
    static func interauralCorrelation(hz: Double) -> Double {
      let x = .pi * hz / 550
      return Maths.sinCos(turns: x / (2 * .pi)).sin / x * max(0, 1 - hz / 2700)
    }
  }

  /// The filter memory of the eight bands of one ear: the last two outputs of both filters.
  fileprivate struct Ear: Sendable {
    var high1 = SIMD8<Float>.zero
    var high2 = SIMD8<Float>.zero
    var low1 = SIMD8<Float>.zero
    var low2 = SIMD8<Float>.zero

    /// Filters one frame of second differences. Direct form I; the low-pass takes the output of the high-pass
    /// from the previous sample, so that both compute at the same time.
    @inline(__always) mutating func next(_ difference: SIMD8<Float>, _ shape: Shape) -> SIMD8<Float> {
      let high = (difference - shape.highA2 * high2) - shape.highA1 * high1
      let low = ((high1 + shape.lowB1 * high2) - shape.lowA2 * low2) - shape.lowA1 * low1
      (high2, high1, low2, low1) = (high1, high, low1, low)
      return low
    }
  }

  /// The gains of the bands at one moment.
  struct Gains: Sendable {
    var left = SIMD8<Float>.zero
    var right = SIMD8<Float>.zero
  }

  /// The most frames that `add` takes.
  static let maximumFrames = 16

  private let shape: Shape
  // The bands of the left and of the right ear.
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

  /// Adds the sum of the bands to the next frames, at most `maximumFrames`.
  /// - Parameter target: the gains at the end, to which they move in straight lines; a gain of `unitGains`
  ///   gives an RMS of 1.
  @inline(__always)
  mutating func add(to frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int, target: Gains) {
    withUnsafeTemporaryAllocation(of: SIMD16<Int8>.self, capacity: Self.maximumFrames) { noise in
      withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 2 * Self.maximumFrames) { bands in
        fill(noise.baseAddress!, count: count)
        filter(noise.baseAddress!, to: bands.baseAddress!, count)
        let ramp = GainRamp(from: gains, to: target, count, shape)
        Self.mix(bands.baseAddress!, to: frames, count, ramp)
      }
    }
    gains = target
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

  /// Filters the noise: the bands of the left and of the right ear in turn.
  @inline(never)
  private mutating func filter(
    _ differences: UnsafePointer<SIMD16<Int8>>, to bands: UnsafeMutablePointer<SIMD8<Float>>, _ count: Int
  ) {
    var (left, right) = (left, right)
    for i in 0..<count {
      bands[2 &* i] = left.next(SIMD8(differences[i].lowHalf), shape)
      bands[2 &* i &+ 1] = right.next(SIMD8(differences[i].highHalf), shape)
    }
    (self.left, self.right) = (left, right)
  }

  /// What each band of either ear adds to the ears, frame by frame.
  private struct GainRamp {
    private(set) var left: SIMD8<Float>
    /// The bands of the right ear.
    private(set) var right: SIMD8<Float>
    /// The lower bands of the left ear, as heard by the right one.
    private(set) var shared: SIMD4<Float>
    private let leftStep, rightStep: SIMD8<Float>
    private let sharedStep: SIMD4<Float>

    @inline(__always) init(from: Gains, to: Gains, _ count: Int, _ shape: Shape) {
      let scale = 1 / Float(count)
      let step = scale * (to.right - from.right)
      (left, leftStep) = (from.left, scale * (to.left - from.left))
      right = SIMD8(lowHalf: shape.own * from.right.lowHalf, highHalf: from.right.highHalf)
      rightStep = SIMD8(lowHalf: shape.own * step.lowHalf, highHalf: step.highHalf)
      (shared, sharedStep) = (shape.shared * from.right.lowHalf, shape.shared * step.lowHalf)
    }

    @inline(__always) mutating func advance() {
      left += leftStep
      right += rightStep
      shared += sharedStep
    }
  }

  /// Adds the bands, times their gains, to both ears.
  @inline(never) private static func mix(
    _ bands: UnsafePointer<SIMD8<Float>>, to frames: UnsafeMutablePointer<SIMD2<Float>>, _ count: Int,
    _ ramp: GainRamp
  ) {
    // The sums of each frame and ear: the compiler makes better code of two loops than of one.
    withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 2 * maximumFrames) { buffer in
      let sums = buffer.baseAddress!
      var ramp = ramp
      for i in 0..<count {
        let bandsOfLeft = bands[2 &* i]
        let left = ramp.left * bandsOfLeft
        let right = ramp.right * bands[2 &* i &+ 1]
        sums[2 &* i] = left.lowHalf + left.highHalf
        sums[2 &* i &+ 1] = (ramp.shared * bandsOfLeft.lowHalf + right.lowHalf) + right.highHalf
        ramp.advance()
      }
      let pairs = UnsafeMutableRawPointer(frames).assumingMemoryBound(to: Float.self)
      for i in 0..<(count &>> 1) {
        let four = sums + 4 &* i
        let at = pairs + 4 &* i
        Vectors.store(Vectors.four(at) + SIMD4.laneSums(four[0], four[1], four[2], four[3]), at)
      }
      if count % 2 == 1 { frames[count &- 1] += SIMD4.laneSums(sums[2 &* count &- 2], sums[2 &* count &- 1]) }
    }
  }
}
