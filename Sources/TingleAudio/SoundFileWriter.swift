import CSndFile
import Foundation
import TingleMix

/// What a file tells of its making.
public struct FileTags: Sendable {
  /// The preset's title.
  public var title: String
  /// The program and its version.
  public var software: String
  /// How to make the file again.
  public var comment: String

  /// Tags.
  public init(title: String, software: String, comment: String) {
    self.title = title
    self.software = software
    self.comment = comment
  }
}

/// Somewhere frames of a mix go, one after the other.
public protocol FrameSink: AnyObject {
  /// Takes the next frames.
  func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws
  /// Ends; nothing is lost once this has returned.
  func close() throws
}

/// Writes a sound file with libsndfile. The file appears under its name only when it is whole.
public final class SoundFileWriter: FrameSink {
  /// True when the file is an RF64 because a WAV cannot hold so much.
  public let isRF64: Bool

  private let target: ReplacedFile
  private let encoder: SampleEncoder
  private let depth: FileFormat.Depth?
  // WAV takes our bytes as they are; the others' encoders take samples.
  private let isRaw: Bool
  private var file: OpaquePointer?
  private var scratch: UnsafeMutableRawPointer
  private var written: Int
  private var writeBehind: WriteBehind
  private static let portion = 8192

  /// Opens a temporary file beside `path`.
  /// - Parameters:
  ///   - overwrite: whether a file that exists may be replaced.
  ///   - startFrame: the number of the first frame in its mix; dither hangs on it.
  ///   - expectedFrames: how many frames will come; decides between WAV and RF64.
  /// - Throws: `AudioError`: `cannotCreate` when the file exists or its folder does not, `usage` for a rate the
  ///   format cannot hold.
  public init(
    path: String, format: FileFormat, sampleRate: Int, channels: Int, tags: FileTags, seed: UInt64,
    startFrame: Int = 0, expectedFrames: Int, overwrite: Bool
  ) throws {
    try format.check(sampleRate: sampleRate)
    depth = format.depth
    isRaw = format.container == .wav
    encoder = SampleEncoder(Self.samples(of: format), channels: channels, seed: seed)
    isRF64 = format.needsRF64(bytes: expectedFrames * encoder.frameBytes)
    written = startFrame
    target = try ReplacedFile(path: path, overwrite: overwrite)
    scratch = .allocate(byteCount: Self.portion * encoder.frameBytes, alignment: 16)

    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.sndfileFormat(rf64: isRF64)
    let descriptor = open(target.temporaryPath, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    writeBehind = WriteBehind(descriptor: descriptor)
    file = descriptor < 0 ? nil : sf_open_fd(descriptor, Int32(SFM_WRITE), &info, Int32(SF_TRUE))
    guard file != nil else {
      target.abandon()
      throw AudioError(.cannotCreate, "cannot create '\(path)': \(String(cString: sf_strerror(nil)))")
    }
    configure(format)
    sf_set_string(file, Int32(SF_STR_TITLE), tags.title)
    sf_set_string(file, Int32(SF_STR_SOFTWARE), tags.software)
    sf_set_string(file, Int32(SF_STR_COMMENT), tags.comment)
  }

  /// What the writer hands to libsndfile.
  private static func samples(of format: FileFormat) -> SampleFormat {
    switch format.depth {
    case .int16: .int16
    case .int24: format.container == .wav ? .int24 : .int24Above
    case .float, nil: .float32
    }
  }

  private func configure(_ format: FileFormat) {
    // A PEAK chunk holds the time of writing: the same mix would not give the same bytes.
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    var quality = 0.8
    var effort = 0.2
    let size = Int32(MemoryLayout<Double>.size)
    if format.container == .ogg { sf_command(file, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, size) }
    if format.container == .mp3 { sf_command(file, Int32(SFC_SET_COMPRESSION_LEVEL), &effort, size) }
  }

  deinit {
    if let file {
      sf_close(file)
      target.abandon()
    }
    scratch.deallocate()
  }

  public func write(_ frames: UnsafeBufferPointer<StereoFrame>) throws {
    for start in stride(from: 0, to: frames.count, by: Self.portion) {
      let part = UnsafeBufferPointer(rebasing: frames[start..<min(frames.count, start + Self.portion)])
      encoder.encode(part, startFrame: written, into: scratch)
      let count = sf_count_t(part.count)
      let frameBytes = sf_count_t(encoder.frameBytes)
      let done: sf_count_t
      errno = 0
      switch (isRaw, depth) {
      case (true, _): done = sf_write_raw(file, scratch, count * frameBytes) / frameBytes
      case (_, .int16): done = sf_writef_short(file, scratch.assumingMemoryBound(to: Int16.self), count)
      case (_, .int24): done = sf_writef_int(file, scratch.assumingMemoryBound(to: Int32.self), count)
      case (_, .float), (_, nil):
        done = sf_writef_float(file, scratch.assumingMemoryBound(to: Float.self), count)
      }
      guard done == count else { throw failure() }
      written += part.count
      writeBehind.advance()
    }
  }

  public func close() throws {
    guard let file else { return }
    errno = 0
    let failed = sf_close(file) != 0
    self.file = nil
    if failed {
      target.abandon()
      throw failure()
    }
    try target.commit()
  }

  /// Gives up: the temporary file goes, an older file stays.
  public func abandon() {
    if let file { sf_close(file) }
    file = nil
    target.abandon()
  }

  private func failure() -> AudioError {
    let reason = errno != 0 ? String(cString: strerror(errno)) : String(cString: sf_strerror(file))
    return AudioError(.inputOutput, "cannot write '\(target.path)': \(reason)")
  }
}
