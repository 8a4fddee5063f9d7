/// Stationary Gaussian noise with a texture's long-term spectrum, in both ears.
///
/// Overlapping frames with sine windows: spectra of random numbers -> inverse Fourier transform. Any frame
/// can be computed without the ones before. Both ears share one complex transform.
struct TextureCarrier: ~Copyable {
  /// The length of a frame in samples.
  static let frame = 4096
  /// The distance of frames in samples.
  static let hop = frame / 2

  private let key: UInt64
  private let transform: ComplexTransform
  // The number of bins that are not silent, a multiple of 4.
  private let usedBins: Int
  // For each bin: amplitude, and the parts of the right ear's noise that are the left's and its own.
  private let amplitudes: Buffer<Float>
  private let common: Buffer<Float>
  private let own: Buffer<Float>
  private let window: Buffer<Float>
  private let re: Buffer<Float>
  private let im: Buffer<Float>
  // The second halves of the last frame.
  private let tailLeft: Buffer<Float>
  private let tailRight: Buffer<Float>

  /// - Parameters:
  ///   - density: the power density at a frequency: the mean square per hertz, of each ear.
  ///   - coherence: the correlation of the ears for each of `TextureBands`.
  init(density: (Double) -> Double, coherence: [Double], draws: Draws, sampleRate: Double) {
    key = draws.key
    let bins = Self.frame / 2
    transform = ComplexTransform(count: Self.frame)
    // Uniform 8-bit numbers; two bins and four parts per ear.
    let scale = 3.0.squareRoot() / 128
    let hertz = (0..<bins).map { Double($0) * sampleRate / Double(Self.frame) }
    amplitudes = Buffer(
      hertz.map { hz in
        let power = hz == 0 ? 0 : density(hz) * sampleRate / Double(Self.frame)
        return Float((power / 4).squareRoot() * scale)
      })
    let correlations = hertz.map { max(-1, min(1, TextureBands.interpolated(coherence, atHz: $0))) }
    let highest = hertz.lastIndex { $0 < 22_000 } ?? 0
    usedBins = min(bins, highest / 4 * 4 + 4)
    common = Buffer(correlations.map { Float($0) })
    own = Buffer(correlations.map { Float((1 - $0 * $0).squareRoot()) })
    window = Buffer(
      (0..<Self.frame).map {
        Float(Maths.sinCos(turns: (Double($0) + 0.5) / Double(2 * Self.frame)).sin)
      })
    // The mirror image of the first bin is one past the end.
    re = Buffer(repeating: 0, count: Self.frame + 8)
    im = Buffer(repeating: 0, count: Self.frame + 8)
    tailLeft = Buffer(repeating: 0, count: Self.hop)
    tailRight = Buffer(repeating: 0, count: Self.hop)
  }

  /// Prepares `render` for hop `number`: computes the frame that ends in it.
  func seek(toHop number: Int) {
    synthesize(number - 1)
    keepTail()
  }

  /// Renders hop `number`, the one after the last: samples `number` · `hop` up to the next hop.
  func render(hop number: Int, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>) {
    synthesize(number)
    for i in stride(from: 0, to: Self.hop, by: 8) {
      let gain = Vectors.eight(window.baseAddress + i)
      Vectors.store(
        Vectors.eight(tailLeft.baseAddress + i) + gain * Vectors.eight(re.baseAddress + i), left + i)
      Vectors.store(
        Vectors.eight(tailRight.baseAddress + i) + gain * Vectors.eight(im.baseAddress + i), right + i)
    }
    keepTail()
  }

  private func keepTail() {
    for i in stride(from: 0, to: Self.hop, by: 8) {
      let gain = Vectors.eight(window.baseAddress + Self.hop + i)
      Vectors.store(gain * Vectors.eight(re.baseAddress + Self.hop + i), tailLeft.baseAddress + i)
      Vectors.store(gain * Vectors.eight(im.baseAddress + Self.hop + i), tailRight.baseAddress + i)
    }
  }

  /// Computes frame `number` without its window: the left ear in `re`, the right one in `im`.
  private func synthesize(_ number: Int) {
    let (re, im) = (re.baseAddress, im.baseAddress)
    let (amplitudes, common, own) = (amplitudes.baseAddress, common.baseAddress, own.baseAddress)
    let start = UInt64(bitPattern: Int64(number)) &* UInt64(Self.frame)
    for i in usedBins...Self.frame - usedBins { (re[i], im[i]) = (0, 0) }
    for k in stride(from: 0, to: usedBins, by: 4) {
      // Four parts of four bins: uniform 8-bit numbers. The transform adds up thousands of them.
      let counter = start &+ UInt64(k)
      let left = Self.numbers(Squares.bits64(counter: counter, key: key))
      let other = Self.numbers(Squares.bits64(counter: counter &+ 1, key: key))
      let (amplitude, shared, alone) = (
        Vectors.four(amplitudes + k), Vectors.four(common + k), Vectors.four(own + k)
      )
      let (x, y) = (amplitude * left.lowHalf, amplitude * left.highHalf)
      let right = (
        shared * x + alone * (amplitude * other.lowHalf), shared * y + alone * (amplitude * other.highHalf)
      )
      // The spectrum of left + i right, for the real signals of both ears.
      Vectors.store(x - right.1, re + k)
      Vectors.store(y + right.0, im + k)
      let mirror = Self.frame - 3 - k
      Vectors.store(Vectors.reversed(x + right.1), re + mirror)
      Vectors.store(Vectors.reversed(right.0 - y), im + mirror)
    }
    (re[0], im[0]) = (0, 0)
    // The inverse transform.
    transform.transform(im, re)
  }

  /// The bytes of a draw as numbers in -127.5 ... 127.5.
  @inline(__always) private static func numbers(_ bits: UInt64) -> SIMD8<Float> {
    SIMD8<Float>(unsafeBitCast(bits, to: SIMD8<Int8>.self)) + 0.5
  }
}
