import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// Writes WAV to a pipe: the header cannot be mended at the end, so its sizes are 0xFFFFFFFF, "until it stops".
public final class WAVStream: FrameSink {
  private let descriptor: Int32
  private let path: String
  private let encoder: SampleEncoder
  private let scratch: Buffer<UInt8>
  private var written: Int
  private static let portion = 8192

  /// - Parameters:
  ///   - descriptor: an open file descriptor; it stays open.
  ///   - startFrame: the number of the first frame in its mix.
  ///   - path: what is written, for messages; `-` is standard output.
  /// - Throws: `UserError` (`inputOutput`), `BrokenPipe` when the pipe has no reader.
  public init(
    descriptor: Int32, path: String = "-", depth: FileFormat.Depth, sampleRate: Int, channels: Int,
    seed: UInt64,
    startFrame: Int = 0
  ) throws {
    self.descriptor = descriptor
    self.path = path
    let format: SampleFormat = depth == .int16 ? .int16 : depth == .int24 ? .int24 : .float32
    encoder = SampleEncoder(format, channels: channels, seed: seed)
    scratch = Buffer(repeating: 0, count: Self.portion * encoder.frameBytes)
    written = startFrame
    let header = Self.header(
      format: format, sampleRate: sampleRate, channels: channels, frameBytes: encoder.frameBytes)
    try header.withUnsafeBytes { try send($0) }
  }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = UnsafeBufferPointer(rebasing: frames[start..<min(frames.count, start + Self.portion)])
      encoder.encode(part, startFrame: written, into: scratch.baseAddress)
      try send(UnsafeRawBufferPointer(start: scratch.baseAddress, count: part.count * encoder.frameBytes))
      written += part.count
    }
  }

  public func close() throws {
    guard Descriptor.flush(descriptor) == 0 else { throw UserError.writing(path, errno) }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  private static func header(format: SampleFormat, sampleRate: Int, channels: Int, frameBytes: Int) -> [UInt8]
  {
    var bytes: [UInt8] = []
    func add(_ text: String) { bytes += Array(text.utf8) }
    func add32(_ value: Int) { bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    func add16(_ value: Int) { bytes += (0..<2).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    add("RIFF")
    add32(0xFFFF_FFFF)
    add("WAVEfmt ")
    add32(16)
    add16(format == .float32 ? 3 : 1)
    add16(channels)
    add32(sampleRate)
    add32(sampleRate * frameBytes)
    add16(frameBytes)
    add16(format.bytes * 8)
    add("data")
    add32(0xFFFF_FFFF)
    return bytes
  }
}
