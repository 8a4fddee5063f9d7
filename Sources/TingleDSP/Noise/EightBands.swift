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

    fileprivate var ear = Ear()
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
        if k < 4 { ear.lower.set(k, high, low) } else { ear.upper.set(k - 4, high, low) }
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

  /// Four bands: coefficients and filter memory. Direct form I; the low-pass takes the output of the
  /// high-pass from the previous sample, so that both compute at the same time.
  fileprivate struct Half: Sendable {
    var highA1 = SIMD4<Float>.zero
    var highA2 = SIMD4<Float>.zero
    var lowB1 = SIMD4<Float>.zero
    var lowA1 = SIMD4<Float>.zero
    var lowA2 = SIMD4<Float>.zero
    var high1 = SIMD4<Float>.zero
    var high2 = SIMD4<Float>.zero
    var low1 = SIMD4<Float>.zero
    var low2 = SIMD4<Float>.zero

    mutating func set(_ lane: Int, _ high: BiquadCoefficients, _ low: BiquadCoefficients) {
      (highA1[lane], highA2[lane]) = (high.a1, high.a2)
      (lowB1[lane], lowA1[lane], lowA2[lane]) = (low.b1 / low.b0, low.a1, low.a2)
    }

    @inline(__always) mutating func next(_ difference: SIMD4<Float>) -> SIMD4<Float> {
      let high = (difference - highA2 * high2) - highA1 * high1
      let low = ((high1 + lowB1 * high2) - lowA2 * low2) - lowA1 * low1
      (high2, high1, low2, low1) = (high1, high, low1, low)
      return low
    }
  }

  /// The eight bands of one ear.
  fileprivate struct Ear: Sendable {
    var lower = Half()
    var upper = Half()
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
  private var left, right: Ear
  // The last two noises: at first their mean, so that the high-pass starts at rest.
  private var x1 = SIMD16<Int8>(repeating: 7)
  private var x2 = SIMD16<Int8>(repeating: 7)
  private var gains = Gains()
  private let key: UInt64
  private var index: UInt64 = 0

  /// Creates bands at rest, with gains of zero.
  init(_ shape: Shape, draws: Draws) {
    self.shape = shape
    (left, right) = (shape.ear, shape.ear)
    key = draws.key
  }

  /// Adds the sum of the bands to the next frames, at most `maximumFrames`.
  /// - Parameter target: the gains at the end, to which they move in straight lines; a gain of `unitGains`
  ///   gives an RMS of 1.
  @inline(__always)
  mutating func add(to frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int, target: Gains) {
    withUnsafeTemporaryAllocation(of: SIMD16<Int8>.self, capacity: Self.maximumFrames) { noise in
      // The lower and the upper bands of each frame, of one ear after the other.
      withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 4 * Self.maximumFrames) { bands in
        let differences = UnsafeMutableRawPointer(noise.baseAddress!)
        fill(noise.baseAddress!, count: count)
        let (leftBands, rightBands) = (bands.baseAddress!, bands.baseAddress! + 2 * Self.maximumFrames)
        Self.filter(differences, to: leftBands, count, &left)
        Self.filter(differences + 8, to: rightBands, count, &right)
        Self.mix(leftBands, rightBands, to: frames, count, gains, target, shape)
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

  /// Filters the noise of one ear.
  /// - Parameter differences: eight bytes of every sixteen.
  @inline(never) private static func filter(
    _ differences: UnsafeRawPointer, to bands: UnsafeMutablePointer<SIMD4<Float>>, _ count: Int,
    _ ear: inout Ear
  ) {
    var (lower, upper) = (ear.lower, ear.upper)
    for i in 0..<count {
      let difference = SIMD8<Float>(differences.loadUnaligned(fromByteOffset: 16 &* i, as: SIMD8<Int8>.self))
      bands[2 &* i] = lower.next(difference.lowHalf)
      bands[2 &* i &+ 1] = upper.next(difference.highHalf)
    }
    (ear.lower, ear.upper) = (lower, upper)
  }

  /// Adds the bands, times their gains, to both ears.
  @inline(never) private static func mix(
    _ leftBands: UnsafePointer<SIMD4<Float>>, _ rightBands: UnsafePointer<SIMD4<Float>>,
    to frames: UnsafeMutablePointer<SIMD2<Float>>, _ count: Int, _ from: Gains, _ to: Gains, _ shape: Shape
  ) {
    let scale = 1 / Float(count)
    let slope = Gains(left: scale * (to.left - from.left), right: scale * (to.right - from.right))
    withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 2 * maximumFrames) {
      // The bands of each ear, added in pairs: the lanes are summed at the end.
      let left = $0.baseAddress!
      let right = left + maximumFrames
      var (lower, upper) = (from.left.lowHalf, from.left.highHalf)
      let (lowerSlope, upperSlope) = (slope.left.lowHalf, slope.left.highHalf)
      for i in 0..<count {
        left[i] = lower * leftBands[2 &* i] + upper * leftBands[2 &* i &+ 1]
        lower += lowerSlope
        upper += upperSlope
      }
      var (both, own, high) = (
        shape.shared * from.right.lowHalf, shape.own * from.right.lowHalf, from.right.highHalf
      )
      let (bothSlope, ownSlope, highSlope) = (
        shape.shared * slope.right.lowHalf, shape.own * slope.right.lowHalf, slope.right.highHalf
      )
      for i in 0..<count {
        right[i] =
          (both * leftBands[2 &* i] + own * rightBands[2 &* i]) + high * rightBands[2 &* i &+ 1]
        both += bothSlope
        own += ownSlope
        high += highSlope
      }
      for i in 0..<count { frames[i] += SIMD4.laneSums(left[i], right[i]) }
    }
  }
}
