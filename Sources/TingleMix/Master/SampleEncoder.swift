import TingleDSP

/// Encodes frames of the mix as bytes: channel mapping -> rounding to 24 bits -> dither (16 bits only) ->
/// samples.
///
/// All integer formats up to 24 bits and `float32Rounded24` derive from the samples rounded to 24 bits, so a
/// 24-bit file can be converted to any of them without loss.
///
/// 16-bit samples get triangular dither of ±1 LSB, which makes the quantization error a steady noise that is
/// uncorrelated with the signal (S. P. Lipshitz, R. A. Wannamaker and J. Vanderkooy, "Quantization and
/// dither", JAES 40 (1992) 355). The dither is a function of the frame number: the same frames always give
/// the same bytes.
public struct SampleEncoder: Sendable {
  /// The encoding of the samples.
  public let format: SampleFormat
  /// The number of channels: 1 for the mono downmix, 2 for stereo, more for silence in the additional
  /// channels.
  public let channels: Int
  private let dither: Draws

  /// - Parameters:
  ///   - format: the encoding of the samples.
  ///   - channels: 1 or more.
  ///   - seed: the seed of the dither; use the mix's seed.
  public init(_ format: SampleFormat, channels: Int, seed: UInt64) {
    self.format = format
    self.channels = channels
    dither = Draws(seed: seed).branch("dither")
  }

  /// The size of a frame of all channels in bytes.
  public var frameBytes: Int { format.bytes * channels }

  /// Writes interleaved samples.
  /// - Parameters:
  ///   - frames: frames of the mix.
  ///   - startFrame: the frame number of the first.
  ///   - output: space for `frames.count * frameBytes` bytes.
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
        Int16(Self.rounded(Double(Self.in24Bits(x) * 32768 + ditherNoise(frame, channel)), 0x7FFF))
      }
    }
  }

  /// A 24-bit integer. Stores of it write three bytes: a struct's size excludes the padding at its end.
  private struct ThreeBytes {
    let low: UInt16
    let high: UInt8
  }

  @inline(__always) private func store<Sample>(
    _ frames: UnsafeBufferPointer<StereoFrame>, _ startFrame: Int, _ output: UnsafeMutableRawPointer,
    _ convert: (_ x: Float, _ frame: Int, _ channel: Int) -> Sample
  ) {
    let bytes = format.bytes
    var cursor = output
    for k in 0..<frames.count {
      let frame = frames[k]
      if channels == 1 {
        cursor.storeBytes(of: convert(frame.mid, startFrame + k, 0), as: Sample.self)
      } else {
        cursor.storeBytes(of: convert(frame.x, startFrame + k, 0), as: Sample.self)
        cursor.storeBytes(of: convert(frame.y, startFrame + k, 1), toByteOffset: bytes, as: Sample.self)
        for c in 2..<max(2, channels) {
          (cursor + c * bytes).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        }
      }
      cursor += frameBytes
    }
  }

  /// The nearest integer, clipped to -`highest` - 1 ... `highest`. Adding 1.5 · 2⁵² rounds a
  /// double to an integer: one addition where a processor without SSE 4.1 would call a function.
  @inline(__always) private static func rounded(_ value: Double, _ highest: Int32) -> Int32 {
    let clipped = max(Double(-highest) - 1, min(Double(highest), value))
    return Int32(truncatingIfNeeded: Int64(bitPattern: (clipped + 0x1.8p52).bitPattern))
  }

  @inline(__always) private static func in24Bits(_ x: Float) -> Float {
    Float(rounded(Double(x) * 0x1p23, 0x7F_FFFF)) * 0x1p-23
  }

  /// Triangular noise in -1 ... 1 LSB: the difference of two uniform numbers. 0 unless the format has 16
  /// bits.
  @inline(__always) private func ditherNoise(_ frame: Int, _ channel: Int) -> Float {
    guard format == .int16 else { return 0 }
    let bits = Squares.bits64(counter: UInt64(bitPattern: Int64(2 * frame + channel)), key: dither.key)
    let a = Float(UInt32(truncatingIfNeeded: bits) >> 8) * 0x1p-24
    let b = Float(UInt32(truncatingIfNeeded: bits >> 32) >> 8) * 0x1p-24
    return a - b
  }
}
