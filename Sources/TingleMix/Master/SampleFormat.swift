import TingleDSP

/// How a sample is stored: in a file, in a pipe, in a sound card's buffer. All little-endian.
public enum SampleFormat: String, CaseIterable, Sendable {
  /// 32-bit IEEE floats, unaltered.
  case float32
  /// 32-bit floats with no more in them than 24 bits hold: what the encoders of lossy formats are given.
  case float32Rounded24
  /// 32-bit integers.
  case int32
  /// 24-bit integers in the low bytes of four, as sound cards have them.
  case s24InLow32
  /// 24-bit integers in the high bytes of four, as libsndfile has them.
  case s24InHigh32
  /// 24-bit integers in three bytes.
  case int24
  /// 16-bit integers, dithered.
  case int16

  /// Bytes in a sample of one channel.
  public var bytes: Int {
    switch self {
    case .float32, .float32Rounded24, .int32, .s24InLow32, .s24InHigh32: 4
    case .int24: 3
    case .int16: 2
    }
  }
}

/// Turns frames of the mix into bytes.
///
/// Whatever is coarser than floats is made from 24 bits: so a file of 24 bits holds all that any of them needs.
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
    switch format {
    case .float32: store(frames, startFrame, output) { x, _, _ in x }
    case .float32Rounded24: store(frames, startFrame, output) { x, _, _ in Self.in24Bits(x) }
    case .int32:
      store(frames, startFrame, output) { x, _, _ in Self.rounded(Double(x) * 0x1p31, 0x7FFF_FFFF) }
    case .s24InLow32:
      store(frames, startFrame, output) { x, _, _ in Self.rounded(Double(x) * 0x1p23, 0x7F_FFFF) }
    case .s24InHigh32:
      store(frames, startFrame, output) { x, _, _ in Self.rounded(Double(x) * 0x1p23, 0x7F_FFFF) << 8 }
    case .int24:
      store(frames, startFrame, output) { x, _, _ in
        let value = Self.rounded(Double(x) * 0x1p23, 0x7F_FFFF)
        return ThreeBytes(
          low: UInt16(truncatingIfNeeded: value), high: UInt8(truncatingIfNeeded: value >> 16))
      }
    case .int16:
      store(frames, startFrame, output) { x, frame, channel in
        Int16(Self.rounded(Double(Self.in24Bits(x) * 32768 + noise(frame, channel)), 0x7FFF))
      }
    }
  }

  /// 24 bits, without the padding that a struct of such fields would get at its end.
  private struct ThreeBytes {
    let low: UInt16
    let high: UInt8
  }

  @inline(__always) private func store<Sample>(
    _ frames: UnsafeBufferPointer<StereoFrame>, _ startFrame: Int, _ output: UnsafeMutableRawPointer,
    _ convert: (_ x: Float, _ frame: Int, _ channel: Int) -> Sample
  ) {
    let bytes = format.bytes
    var place = output
    for k in 0..<frames.count {
      let frame = frames[k]
      if channels == 1 {
        place.storeBytes(of: convert(0.5 * (frame.x + frame.y), startFrame + k, 0), as: Sample.self)
      } else {
        place.storeBytes(of: convert(frame.x, startFrame + k, 0), as: Sample.self)
        place.storeBytes(of: convert(frame.y, startFrame + k, 1), toByteOffset: bytes, as: Sample.self)
        for c in 2..<max(2, channels) {
          (place + c * bytes).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        }
      }
      place += frameBytes
    }
  }

  /// The nearest whole number, held to what fits. Adding 1.5 · 2⁵² pushes the fraction out of a double's mantissa:
  /// one addition where a processor without SSE 4.1 would call a function.
  @inline(__always) private static func rounded(_ value: Double, _ highest: Int32) -> Int32 {
    let held = max(Double(-highest) - 1, min(Double(highest), value))
    return Int32(truncatingIfNeeded: Int64(bitPattern: (held + 0x1.8p52).bitPattern))
  }

  @inline(__always) private static func in24Bits(_ x: Float) -> Float {
    Float(rounded(Double(x) * 0x1p23, 0x7F_FFFF)) * 0x1p-23
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
