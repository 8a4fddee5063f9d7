import CSndFile
import Foundation
import TingleSupport

/// Encodes FLAC, Ogg Vorbis, Opus and MP3 files with libsndfile.
final class CompressedEncoder: FrameEncoder {
  private let target: AtomicFile
  private let format: FileFormat
  private let tags: FileTags
  // libsndfile writes through this: it records failed writes that an encoder ignores.
  private let output: SndFileOutput
  private var file: OpaquePointer?

  init(_ target: AtomicFile, _ format: FileFormat, sampleRate: Int, channels: Int, tags: FileTags) throws {
    self.target = target
    self.format = format
    self.tags = tags
    try target.truncate(to: 0)
    let header = format.container == .mp3 ? MP3Tags.bytes(tags) : []
    try header.withUnsafeBytes(target.write)
    output = SndFileOutput(target.descriptor, start: header.count)
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.sndfileFormat(rf64: false)
    file = output.open(&info)
    try check()
    guard file != nil else {
      throw UserError(
        .cannotCreate, "cannot create '\(target.path)': \(String(cString: sf_strerror(nil)))")
    }
    var quality = 0.8
    var effort = 0.2
    let size = Int32(MemoryLayout<Double>.size)
    if format.container == .ogg { sf_command(file, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, size) }
    if format.container == .mp3 { sf_command(file, Int32(SFC_SET_COMPRESSION_LEVEL), &effort, size) }
    tags.set(in: file, format, sampleRate: sampleRate)
  }

  deinit { abandon() }

  func append(_ samples: UnsafeRawPointer, frames: Int) throws {
    let count = sf_count_t(frames)
    let encoded =
      switch format.samples {
      case .int16: sf_writef_short(file, samples.assumingMemoryBound(to: Int16.self), count)
      case .s24InHigh32: sf_writef_int(file, samples.assumingMemoryBound(to: Int32.self), count)
      default: sf_writef_float(file, samples.assumingMemoryBound(to: Float.self), count)
      }
    try check()
    guard encoded == count else { throw failure(String(cString: sf_strerror(file))) }
  }

  func finish() throws -> String? {
    guard let file else { return nil }
    self.file = nil
    let status = sf_close(file)
    try check()
    guard status == 0 else { throw failure(String(cString: sf_error_number(status))) }
    let chapters = tags.chapters.isEmpty ? nil : VorbisChapters(tags.chapters)
    let areChaptersWritten =
      switch format.container {
      case .flac: chapters.map { FLACTags.write($0, target.descriptor) } ?? true
      case .ogg, .opus: chapters.map { OggTags.write($0, target.descriptor) } ?? true
      case .wav, .mp3: true
      }
    guard areChaptersWritten else { throw UserError.writing(target.path, errno) }
    let isRenamed =
      switch format.container {
      case .flac: FLACTags.rename(target.descriptor)
      case .ogg, .opus: OggTags.rename(target.descriptor)
      case .wav, .mp3: true
      }
    guard isRenamed else { throw UserError.writing(target.path, errno) }
    if format.isOgg {
      try OggSerial.rewrite(target, seed: "\(tags.title)\n\(tags.comment)\n\(tags.provenance)")
    }
    return nil
  }

  func abandon() {
    if let file { sf_close(file) }
    file = nil
  }

  private func check() throws {
    if let code = output.failure { throw UserError.writing(target.path, code) }
  }

  private func failure(_ reason: String) -> UserError {
    UserError(.inputOutput, "cannot write '\(target.path)': \(reason)")
  }
}
