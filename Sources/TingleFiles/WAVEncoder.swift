import Foundation
import TingleSupport

/// The bytes of a WAV or RF64 file: a header that is right from the start, then samples as they come.
final class WAVEncoder: FrameEncoder {
  /// All that the header tells but the length.
  struct Header {
    let format: FileFormat
    let isRF64: Bool
    /// Whether nobody knows yet how long it will be.
    let isOpenEnded: Bool
    let sampleRate: Int
    let channels: Int
    let tags: FileTags

    func bytes(_ dataBytes: Int) throws -> WAVHeader {
      try WAVHeader(
        format, isRF64: isRF64, isOpenEnded: isOpenEnded, sampleRate: sampleRate, channels: channels,
        dataBytes: dataBytes, tags: tags)
    }
  }

  /// How many frames were there before.
  let resumedFrames: Int
  private let target: AtomicFile
  private let header: Header
  private let frameBytes: Int
  private let expectedFrames: Int
  private var frames: Int
  // Of what is written, as it is written: a long file is not to be read again for it.
  private let checksum: Checksum?

  /// - Parameters:
  ///   - backingOff: so many frames at a kept file's end are made again.
  ///   - isSummed: whether the file's checksum is wanted.
  init(
    _ target: AtomicFile, _ header: Header, frameBytes: Int, expectedFrames: Int, resumes: Bool,
    backingOff: Int, computesChecksum: Bool
  ) throws {
    self.target = target
    self.header = header
    self.frameBytes = frameBytes
    self.expectedFrames = expectedFrames
    let start = try header.bytes(expectedFrames * frameBytes).before
    var kept = 0
    if resumes, Descriptor.bytes(of: target.descriptor, at: 0, count: start.count) == start {
      let there = Int(lseek(target.descriptor, 0, SEEK_END)) - start.count
      kept = max(0, min(there / frameBytes, expectedFrames) - backingOff)
    }
    (resumedFrames, frames) = (kept, kept)
    checksum = computesChecksum ? Checksum() : nil
    if kept == 0 {
      try target.truncate(to: 0)
      try start.withUnsafeBytes(put)
    } else {
      try target.truncate(to: start.count + kept * frameBytes)
      try checksum?.add(file: target.temporaryPath)
    }
  }

  func append(_ samples: UnsafeRawPointer, frames count: Int) throws {
    try put(UnsafeRawBufferPointer(start: samples, count: count * frameBytes))
    frames += count
  }

  func finish() throws -> String? {
    let end = try header.bytes(frames * frameBytes)
    try end.after.withUnsafeBytes(put)
    guard frames != expectedFrames else { return checksum?.finished() }
    // Live recordings end when they end.
    lseek(target.descriptor, 0, SEEK_SET)
    try end.before.withUnsafeBytes(put)
    return nil
  }

  func abandon() {}

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    try target.write(bytes)
    checksum?.add(bytes)
  }
}
