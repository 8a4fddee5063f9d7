import CSndFile
import Foundation

/// The bytes of a FLAC, Ogg Vorbis, Opus or MP3 file, made by libsndfile.
final class EncodedStore: SampleStore {
  private let target: ReplacedFile
  private let format: FileFormat
  private let tags: FileTags
  private var file: OpaquePointer?

  init(_ target: ReplacedFile, _ format: FileFormat, sampleRate: Int, channels: Int, tags: FileTags) throws {
    self.target = target
    self.format = format
    self.tags = tags
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.sndfileFormat(rf64: false)
    ftruncate(target.descriptor, 0)
    file = sf_open_fd(target.descriptor, Int32(SFM_WRITE), &info, Int32(SF_FALSE))
    guard file != nil else {
      throw AudioError(.cannotCreate, "cannot create '\(target.path)': \(String(cString: sf_strerror(nil)))")
    }
    var quality = 0.8
    var effort = 0.2
    let size = Int32(MemoryLayout<Double>.size)
    if format.container == .ogg { sf_command(file, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, size) }
    if format.container == .mp3 { sf_command(file, Int32(SFC_SET_COMPRESSION_LEVEL), &effort, size) }
    tags.set(in: file)
  }

  deinit { abandon() }

  func append(_ samples: UnsafeRawPointer, frames: Int) throws {
    let count = sf_count_t(frames)
    errno = 0
    let done =
      switch format.samples {
      case .int16: sf_writef_short(file, samples.assumingMemoryBound(to: Int16.self), count)
      case .int24Above: sf_writef_int(file, samples.assumingMemoryBound(to: Int32.self), count)
      default: sf_writef_float(file, samples.assumingMemoryBound(to: Float.self), count)
      }
    guard done == count else { throw failure() }
  }

  func finish() throws -> String? {
    guard let file else { return nil }
    errno = 0
    self.file = nil
    guard sf_close(file) == 0 else { throw failure() }
    if format.isOgg {
      try OggSerial.rewrite(target.descriptor, seed: "\(tags.title)\n\(tags.comment)", name: target.path)
    }
    return nil
  }

  func abandon() {
    if let file { sf_close(file) }
    file = nil
  }

  private func failure() -> AudioError {
    let reason = errno != 0 ? String(cString: strerror(errno)) : String(cString: sf_strerror(file))
    return AudioError(.inputOutput, "cannot write '\(target.path)': \(reason)")
  }
}
