import TingleDSP
import TingleMix

/// How a sample is stored: in a file, in a pipe, in a sound card's buffer. All little-endian.
public enum SampleFormat: String, CaseIterable, Sendable {
  /// 32-bit IEEE floats, unaltered.
  case float32
  /// 32-bit integers.
  case int32
  /// 24-bit integers in the low bytes of four, as sound cards have them.
  case int24Below
  /// 24-bit integers in the high bytes of four, as libsndfile has them.
  case int24Above
  /// 24-bit integers in three bytes.
  case int24
  /// 16-bit integers, dithered.
  case int16

  /// Bytes in a sample of one channel.
  public var bytes: Int {
    switch self {
    case .float32, .int32, .int24Below, .int24Above: 4
    case .int24: 3
    case .int16: 2
    }
  }
}

/// Turns frames of the mix into bytes.
///
/// Sixteen bits get triangular dither of one step either way, which turns the error of rounding into steady,
/// unrelated noise (S. P. Lipshitz, R. A. Wannamaker and J. Vanderkooy, "Quantization and dither", JAES 40 (1992)
/// 355). Its randomness is a function of the frame's number, so the same stretch always gets the same bytes.
public struct SampleEncoder: Sendable {
  /// How samples are stored.
  public let format: SampleFormat
  /// 1 (the mean of both ears), 2, or more (silence after the first two).
  public let channels: Int
  private let dither: Draws

  /// - Parameters:
  ///   - seed: the mix's seed, from which the dither comes.
  public init(_ format: SampleFormat, channels: Int, seed: UInt64) {
    self.format = format
    self.channels = channels
    dither = Draws(seed: seed).branch("dither")
  }

  /// Bytes in a frame of all channels.
  public var frameBytes: Int { format.bytes * channels }

  /// Writes frames as bytes.
  /// - Parameters:
  ///   - frames: frames of the mix.
  ///   - startFrame: the number of the first.
  ///   - output: at least `frames.count * frameBytes` bytes.
  public func encode(
    _ frames: UnsafeBufferPointer<StereoFrame>, startFrame: Int, into output: UnsafeMutableRawPointer
  ) {
    var place = output
    for (k, frame) in frames.enumerated() {
      if channels == 1 {
        store(0.5 * (frame.x + frame.y), noise: noise(startFrame + k, 0), at: place)
      } else {
        store(frame.x, noise: noise(startFrame + k, 0), at: place)
        store(frame.y, noise: noise(startFrame + k, 1), at: place + format.bytes)
        let spoken = 2 * format.bytes
        if channels > 2 {
          (place + spoken).initializeMemory(as: UInt8.self, repeating: 0, count: frameBytes - spoken)
        }
      }
      place += frameBytes
    }
  }

  @inline(__always) private func store(_ x: Float, noise: Float, at place: UnsafeMutableRawPointer) {
    switch format {
    case .float32: place.storeBytes(of: x, as: Float.self)
    case .int32:
      place.storeBytes(of: Int32(clamped(Double(x) * 2_147_483_648, 2_147_483_647)), as: Int32.self)
    case .int24Below:
      place.storeBytes(of: Int32(clamped(Double(x) * 8_388_608, 8_388_607)), as: Int32.self)
    case .int24Above:
      place.storeBytes(of: Int32(clamped(Double(x) * 8_388_608, 8_388_607)) << 8, as: Int32.self)
    case .int24:
      let value = Int32(clamped(Double(x) * 8_388_608, 8_388_607))
      place.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
      place.storeBytes(of: UInt8(truncatingIfNeeded: value >> 16), toByteOffset: 2, as: UInt8.self)
    case .int16:
      place.storeBytes(of: Int16(clamped(Double(x * 32768 + noise), 32767)), as: Int16.self)
    }
  }

  @inline(__always) private func clamped(_ value: Double, _ highest: Double) -> Double {
    max(-highest - 1, min(highest, value.rounded()))
  }

  /// The difference of two uniform numbers: triangular in -1 ... 1; only 16 bits need it.
  @inline(__always) private func noise(_ frame: Int, _ channel: Int) -> Float {
    guard format == .int16 else { return 0 }
    let bits = Squares.bits64(counter: UInt64(bitPattern: Int64(2 * frame + channel)), key: dither.key)
    let a = Float(UInt32(truncatingIfNeeded: bits) >> 8) * 0x1p-24
    let b = Float(UInt32(truncatingIfNeeded: bits >> 32) >> 8) * 0x1p-24
    return a - b
  }
}
