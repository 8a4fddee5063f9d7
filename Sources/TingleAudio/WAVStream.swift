import Foundation
import TingleMix

/// Writes WAV to a pipe: the header cannot be mended at the end, so its sizes are 0xFFFFFFFF, "until it stops".
public final class WAVStream: FrameSink {
  private let descriptor: Int32
  private let encoder: SampleEncoder
  private var scratch: UnsafeMutableRawPointer
  private var written: Int
  private static let portion = 8192

  /// - Parameters:
  ///   - descriptor: an open file descriptor; it stays open.
  ///   - startFrame: the number of the first frame in its mix.
  /// - Throws: `AudioError` (`inputOutput`) when nobody reads.
  public init(
    descriptor: Int32, depth: FileFormat.Depth, sampleRate: Int, channels: Int, seed: UInt64,
    startFrame: Int = 0
  ) throws {
    self.descriptor = descriptor
    let format: SampleFormat = depth == .int16 ? .int16 : depth == .int24 ? .int24 : .float32
    encoder = SampleEncoder(format, channels: channels, seed: seed)
    scratch = .allocate(byteCount: Self.portion * encoder.frameBytes, alignment: 16)
    written = startFrame
    let header = Self.header(
      format: format, sampleRate: sampleRate, channels: channels, frameBytes: encoder.frameBytes)
    try header.withUnsafeBytes { try send($0) }
  }

  deinit { scratch.deallocate() }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = UnsafeBufferPointer(rebasing: frames[start..<min(frames.count, start + Self.portion)])
      encoder.encode(part, startFrame: written, into: scratch)
      try send(UnsafeRawBufferPointer(start: scratch, count: part.count * encoder.frameBytes))
      written += part.count
    }
  }

  public func close() throws {}

  private func send(_ bytes: UnsafeRawBufferPointer) throws {
    var sent = 0
    while sent < bytes.count {
      let count = Foundation.write(descriptor, bytes.baseAddress! + sent, bytes.count - sent)
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EPIPE
          ? BrokenPipe()
          : AudioError(.inputOutput, "cannot write to the pipe: \(String(cString: strerror(errno)))")
      }
      sent += count
    }
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

/// The reader of a pipe has gone: a reason to stop, not to complain.
public struct BrokenPipe: Error, Sendable {
  /// The error.
  public init() {}
}
