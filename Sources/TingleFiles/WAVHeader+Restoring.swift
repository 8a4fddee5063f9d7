import CSndFile
import Foundation
import TingleSupport

extension WAVHeader {
  /// Writes the real length to the header of an incomplete WAV file of Tingle; other files are not changed.
  package static func restore(ofFile path: String) {
    var info = SF_INFO()
    let descriptor = FileSystem.open(path, O_RDWR)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard let tags = FileTags(ofFile: path),
      let file = SoundFileReader.open(descriptor, &info)
    else { return }
    sf_close(file)
    // Only in WAV does libsndfile know the number of frames of an incomplete file.
    guard [SF_FORMAT_WAV, SF_FORMAT_WAVEX].contains(Int(info.format) & Int(SF_FORMAT_TYPEMASK)),
      0..<1 << 48 ~= info.frames
    else { return }
    guard let format = try? FileFormat(.wav, depth: depth(info)) else { return }
    let header = try? WAVHeader(
      format, isRF64: false, isOpenEnded: true, sampleRate: Int(info.samplerate),
      channels: Int(info.channels), dataBytes: Int(info.frames) * format.samples.bytes * Int(info.channels),
      tags: tags)
    guard let bytes = header?.bytes else { return }
    // The samples must start where the new header ends.
    guard let old = Descriptor.bytes(of: descriptor, at: 0, count: bytes.count), old.count == bytes.count,
      old.suffix(8).prefix(4).elementsEqual("data".utf8)
    else { return }
    pwrite(descriptor, bytes, bytes.count, 0)
  }

  private static func depth(_ info: SF_INFO) -> FileFormat.Depth {
    switch Int(info.format) & Int(SF_FORMAT_SUBMASK) {
    case Int(SF_FORMAT_PCM_16): .int16
    case Int(SF_FORMAT_FLOAT): .float
    default: .int24
    }
  }
}
