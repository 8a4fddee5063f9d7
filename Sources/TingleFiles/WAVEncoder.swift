import Foundation
import TingleSupport

/// Writes a WAV or RF64 file: a header that is valid before the first sample is written, then the samples.
final class WAVEncoder: FrameEncoder {
  /// The parameters of the header, except the length.
  struct Parameters {
    let format: FileFormat
    let isRF64: Bool
    /// Whether the length is only an estimate.
    let isOpenEnded: Bool
    let sampleRate: Int
    let channels: Int
    let tags: FileTags

    func header(dataBytes: Int) throws -> WAVHeader {
      try WAVHeader(
        format, isRF64: isRF64, isOpenEnded: isOpenEnded, sampleRate: sampleRate, channels: channels,
        dataBytes: dataBytes, tags: tags)
    }
  }

  /// The number of frames kept from a partial file.
  let resumedFrames: Int
  private let target: AtomicFile
  private let parameters: Parameters
  private let frameBytes: Int
  private let expectedFrames: Int
  private var frames: Int
  // Computed while writing, so that a long file is not read again.
  private let checksum: Checksum?

  /// Writes the header, or continues after a partial file with the same header.
  /// - Parameters:
  ///   - resumes: whether a partial file is continued.
  ///   - discardedFrames: the number of frames at the end of a partial file that are written again.
  ///   - computesChecksum: whether the checksum is computed while writing.
  init(
    _ target: AtomicFile, _ parameters: Parameters, frameBytes: Int, expectedFrames: Int, resumes: Bool,
    discardedFrames: Int, computesChecksum: Bool
  ) throws {
    self.target = target
    self.parameters = parameters
    self.frameBytes = frameBytes
    self.expectedFrames = expectedFrames
    let header = try parameters.header(dataBytes: expectedFrames * frameBytes).bytes
    var kept = 0
    if resumes, Descriptor.bytes(of: target.descriptor, at: 0, count: header.count) == header {
      let dataBytes = Int(lseek(target.descriptor, 0, SEEK_END)) - header.count
      kept = max(0, min(dataBytes / frameBytes, expectedFrames) - discardedFrames)
    }
    (resumedFrames, frames) = (kept, kept)
    checksum = computesChecksum ? Checksum() : nil
    if kept == 0 {
      try target.truncate(to: 0)
      try header.withUnsafeBytes(put)
    } else {
      try target.truncate(to: header.count + kept * frameBytes)
      try checksum?.add(file: target.temporaryPath)
    }
  }

  func append(_ samples: UnsafeRawPointer, frames count: Int) throws {
    try put(UnsafeRawBufferPointer(start: samples, count: count * frameBytes))
    frames += count
  }

  func finish() throws -> String? {
    let header = try parameters.header(dataBytes: frames * frameBytes)
    try header.padding.withUnsafeBytes(put)
    guard frames != expectedFrames else { return checksum?.hexDigest() }
    // The length differs from the expected one, as in a live recording: write the header again.
    lseek(target.descriptor, 0, SEEK_SET)
    try header.bytes.withUnsafeBytes(put)
    return nil
  }

  func abandon() {}

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    try target.write(bytes)
    checksum?.add(bytes)
  }
}
