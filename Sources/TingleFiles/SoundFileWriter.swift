import Foundation
import TingleDSP
import TingleMix
import TingleSupport

/// Writes a sound file. It appears under its name only when it is whole.
public final class SoundFileWriter: FrameSink {
  /// True when the file is an RF64 because a WAV cannot hold so much.
  public let isRF64: Bool
  /// How many frames are in the file already, from one who was killed; reading begins after them.
  public let resumedFrames: Int

  private let target: AtomicFile
  private let encoder: SampleEncoder
  private let store: any FrameEncoder
  private let scratch: Buffer<UInt8>
  private var written: Int
  private var knownChecksum: String?
  private var writeBehind: WriteBehind
  private static let portion = 8192

  /// Opens a temporary file beside `path`.
  /// - Parameters:
  ///   - overwrite: whether a file that exists may be replaced.
  ///   - continues: whether a WAV that was left half done is taken up where it ends; it must be of the same format, length and tags.
  ///   - companion: sets the temporary file apart from the one of the file itself.
  ///   - isSummed: whether the finished file's checksum is wanted.
  ///   - startFrame: the number of the first frame in its mix; dither hangs on it.
  ///   - expectedFrames: how many frames will come; decides between WAV and RF64.
  ///   - isOpenEnded: whether there may be more or fewer of them; the end decides then.
  ///   - isCancelled: asked while a named pipe has no reader yet.
  /// - Throws: `UserError`: `cannotCreate` when the file exists or its folder does not, `busy` when another program is
  ///   writing it; `UserError` (usage) for a rate the format cannot hold.
  public init(
    path: String, format: FileFormat, sampleRate: Int, channels: Int, tags: FileTags, seed: UInt64,
    startFrame: Int = 0, expectedFrames: Int, isOpenEnded: Bool = false, overwrite: Bool,
    resumes: Bool = false, companion: String = "", computesChecksum: Bool = false,
    isCancelled: () -> Bool = { false }
  ) throws {
    try format.check(sampleRate: sampleRate)
    encoder = SampleEncoder(format.samples, channels: channels, seed: seed)
    isRF64 = format.needsRF64(bytes: expectedFrames * encoder.frameBytes)
    target = try AtomicFile(
      path: path, overwrite: overwrite, resumes: resumes, companion: companion, isCancelled: isCancelled)
    do {
      switch format.container {
      case .wav:
        let header = WAVEncoder.Header(
          format: format, isRF64: isRF64, isOpenEnded: isOpenEnded, sampleRate: sampleRate,
          channels: channels, tags: tags)
        let wav = try WAVEncoder(
          target, header, frameBytes: encoder.frameBytes, expectedFrames: expectedFrames,
          resumes: resumes, backingOff: Self.distrustedSeconds * sampleRate,
          computesChecksum: computesChecksum)
        resumedFrames = wav.resumedFrames
        store = wav
      default:
        store = try CompressedEncoder(target, format, sampleRate: sampleRate, channels: channels, tags: tags)
        resumedFrames = 0
      }
    } catch {
      target.abandon()
      throw error
    }
    written = startFrame + resumedFrames
    writeBehind = WriteBehind(descriptor: target.descriptor)
    scratch = Buffer(repeating: 0, count: Self.portion * encoder.frameBytes)
  }

  /// What was written last before the power went may not have reached the disk.
  private static let distrustedSeconds = 30

  /// Hands over what is in the file already.
  public func readResumed(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    guard resumedFrames > 0 else { return }
    try SoundFileReader(target.temporaryPath).read(consume)
  }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = frames.extracting(start..<min(frames.count, start + Self.portion))
      encoder.encode(part, startFrame: written, into: scratch.baseAddress)
      try store.append(scratch.baseAddress, frames: part.count)
      written += part.count
      writeBehind.advance()
    }
  }

  /// Closes the file once `write` has written all of it; if that fails there is no new file.
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

  /// Writes the last byte; the file is whole, but has not got its name yet.
  public func finish() throws {
    do {
      knownChecksum = try store.finish()
    } catch {
      target.abandon()
      throw error
    }
  }

  /// Of the finished file, SHA-256.
  public func checksum() throws -> String { try knownChecksum ?? Checksum.ofFile(target.temporaryPath) }

  /// How long the file is so far, in bytes.
  public var bytes: Int {
    var status = stat()
    return fstat(target.descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Gives the finished file its name.
  public func commit() throws { try target.commit() }

  /// Gives up: the temporary file goes, an older file stays.
  public func abandon() {
    store.abandon()
    target.abandon()
  }

  /// Stops, and leaves the temporary file to whoever continues it.
  public func leave() {
    store.abandon()
    target.leave()
  }
}
