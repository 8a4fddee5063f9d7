import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// Encodes frames to a sound file, which gets its name only when it is complete.
///
/// Signal flow: frames -> dither and sample format -> file format -> temporary file -> rename.
public final class SoundFileWriter: FrameSink {
  /// Whether the file is an RF64, because it is too long for WAV.
  public let isRF64: Bool
  /// The number of frames that a killed process left in the file; writing continues after them.
  public let resumedFrames: Int

  private let target: AtomicFile
  private let sampleEncoder: SampleEncoder
  private let fileEncoder: any FrameEncoder
  private let scratch: Buffer<UInt8>
  private var written: Int
  private var writtenChecksum: String?
  private var writeBehind: WriteBehind
  private static let portion = 8192

  /// Opens a temporary file in the folder of `path`.
  /// - Parameters:
  ///   - seed: the seed of the dither.
  ///   - startFrame: the position in the mix of the first frame, which the dither depends on.
  ///   - expectedFrames: the number of frames that will be written; selects WAV or RF64.
  ///   - isOpenEnded: whether that number is only an estimate; WAV or RF64 is then selected when the file is
  ///     complete.
  ///   - overwrite: whether an existing file is replaced.
  ///   - resumes: whether a partial WAV of the same format, length and tags is continued.
  ///   - companion: a suffix for the temporary file's name, for a second file that is kept beside the first.
  ///   - computesChecksum: whether the checksum is computed while writing.
  ///   - isCancelled: polled while a named pipe has no reader; true stops the wait.
  /// - Throws: `UserError`: `cannotCreate` if the file exists or its folder does not, `busy` if another
  ///   process writes it, `usage` if the format does not support the sample rate.
  public init(
    path: String, format: FileFormat, sampleRate: Int, channels: Int, tags: FileTags, seed: UInt64,
    startFrame: Int = 0, expectedFrames: Int, isOpenEnded: Bool = false, overwrite: Bool,
    resumes: Bool = false, companion: String = "", computesChecksum: Bool = false,
    isCancelled: () -> Bool = { false }
  ) throws {
    try format.check(sampleRate: sampleRate)
    sampleEncoder = SampleEncoder(format.samples, channels: channels, seed: seed)
    isRF64 = format.needsRF64(bytes: expectedFrames * sampleEncoder.frameBytes)
    target = try AtomicFile(
      path: path, overwrite: overwrite, resumes: resumes, companion: companion, isCancelled: isCancelled)
    do {
      switch format.container {
      case .wav:
        let header = WAVEncoder.Parameters(
          format: format, isRF64: isRF64, isOpenEnded: isOpenEnded, sampleRate: sampleRate,
          channels: channels, tags: tags)
        let wav = try WAVEncoder(
          target, header, frameBytes: sampleEncoder.frameBytes, expectedFrames: expectedFrames,
          resumes: resumes, discardedFrames: Self.discardedSeconds * sampleRate,
          computesChecksum: computesChecksum)
        resumedFrames = wav.resumedFrames
        fileEncoder = wav
      default:
        fileEncoder = try CompressedEncoder(
          target, format, sampleRate: sampleRate, channels: channels, tags: tags)
        resumedFrames = 0
      }
    } catch {
      target.abandon()
      throw error
    }
    written = startFrame + resumedFrames
    writeBehind = WriteBehind(descriptor: target.descriptor)
    scratch = Buffer(repeating: 0, count: Self.portion * sampleEncoder.frameBytes)
  }

  /// The end of a partial file that is written again: after a power failure it can be missing on the disk.
  private static let discardedSeconds = 30

  /// Reads the frames that a killed process left in the file.
  public func readResumed(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    guard resumedFrames > 0 else { return }
    try SoundFileReader(target.temporaryPath).read(consume)
  }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = frames.extracting(start..<min(frames.count, start + Self.portion))
      sampleEncoder.encode(part, startFrame: written, into: scratch.baseAddress)
      try fileEncoder.append(scratch.baseAddress, frames: part.count)
      written += part.count
      writeBehind.advance()
    }
  }

  /// Runs `write` and closes the file; if either throws, no new file is created.
  public func fill(_ write: () throws -> Void) throws {
    do {
      try write()
      try close()
    } catch {
      abandon()
      throw error
    }
  }

  public func close() throws {
    try finish()
    try commit()
  }

  /// Completes the temporary file without renaming it.
  public func finish() throws {
    do {
      writtenChecksum = try fileEncoder.finish()
    } catch {
      target.abandon()
      throw error
    }
  }

  /// The SHA-256 checksum of the complete file.
  public func checksum() throws -> String { try writtenChecksum ?? Checksum.ofFile(target.temporaryPath) }

  /// The current size of the file in bytes.
  public var bytes: Int {
    var status = stat()
    return fstat(target.descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Renames the complete file to its path.
  public func commit() throws { try target.commit() }

  /// Removes the temporary file; an old file stays.
  public func abandon() {
    fileEncoder.abandon()
    target.abandon()
  }

  /// Stops writing and keeps the temporary file, so that a later run can resume it.
  public func keepPartial() {
    fileEncoder.abandon()
    target.keepPartial()
  }
}
