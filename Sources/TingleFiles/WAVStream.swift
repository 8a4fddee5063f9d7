import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// Writes WAV to a pipe. The header cannot be corrected at the end, so its sizes are 0xFFFFFFFF, which means
/// "until the end of the stream".
public final class WAVStream: FrameSink {
  private let descriptor: Int32
  private let path: String
  private let sampleEncoder: SampleEncoder
  private let scratch: Buffer<UInt8>
  private var written: Int
  private static let portion = 8192

  /// Writes the header.
  /// - Parameters:
  ///   - descriptor: an open file descriptor; it stays open.
  ///   - path: the destination, for messages; `-` is standard output.
  ///   - seed: the seed of the dither.
  ///   - startFrame: the position in the mix of the first frame, which the dither depends on.
  /// - Throws: `UserError` (`inputOutput`), `BrokenPipe` if the reader has closed the pipe.
  public init(
    descriptor: Int32, path: String = "-", depth: FileFormat.Depth, sampleRate: Int, channels: Int,
    seed: UInt64, startFrame: Int = 0
  ) throws {
    self.descriptor = descriptor
    self.path = path
    let format: SampleFormat = depth == .int16 ? .int16 : depth == .int24 ? .int24 : .float32
    sampleEncoder = SampleEncoder(format, channels: channels, seed: seed)
    scratch = Buffer(repeating: 0, count: Self.portion * sampleEncoder.frameBytes)
    written = startFrame
    let header = Self.header(
      format: format, sampleRate: sampleRate, channels: channels, frameBytes: sampleEncoder.frameBytes)
    try header.withUnsafeBytes { try send($0) }
  }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = UnsafeBufferPointer(rebasing: frames[start..<min(frames.count, start + Self.portion)])
      sampleEncoder.encode(part, startFrame: written, into: scratch.baseAddress)
      try send(
        UnsafeRawBufferPointer(start: scratch.baseAddress, count: part.count * sampleEncoder.frameBytes))
      written += part.count
    }
  }

  public func close() throws {
    guard Descriptor.flush(descriptor) == 0 else { throw UserError.writing(path, errno) }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  /// The header is written by hand: libsndfile always writes the real sizes, not the 0xFFFFFFFF of a stream.
  private static func header(format: SampleFormat, sampleRate: Int, channels: Int, frameBytes: Int) -> [UInt8]
  {
    var bytes: [UInt8] = []
    func add(_ text: String) { bytes += Array(text.utf8) }
    func add32(_ value: Int) { bytes += .littleEndian(value) }
    func add16(_ value: Int) { bytes += .littleEndian(value, count: 2) }
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
