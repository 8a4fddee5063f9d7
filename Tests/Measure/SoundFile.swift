import CSndFile
import Foundation
import TingleMix

/// The complete contents of a sound file, read with libsndfile.
public struct SoundFile {
  /// The frames; a mono file has the same samples in both channels.
  public let frames: [StereoFrame]
  /// The sample rate in hertz.
  public let sampleRate: Int
  /// The number of channels in the file.
  public let channels: Int
  /// libsndfile's format code: container and encoding.
  public let format: Int
  /// The tags; nil where the file has none.
  public let title, software, comment: String?

  /// Reads a file.
  public init(_ path: String) throws {
    struct Unreadable: Error { let reason: String }
    var info = SF_INFO()
    guard let file = sf_open(path, Int32(SFM_READ), &info) else {
      throw Unreadable(reason: String(cString: sf_strerror(nil)))
    }
    defer { sf_close(file) }
    sampleRate = Int(info.samplerate)
    channels = Int(info.channels)
    format = Int(info.format)
    func text(_ kind: Int) -> String? { sf_get_string(file, Int32(kind)).map { String(cString: $0) } }
    title = text(SF_STR_TITLE)
    software = text(SF_STR_SOFTWARE)
    comment = text(SF_STR_COMMENT)
    var samples: [Float] = []
    var part = [Float](repeating: 0, count: 8192 * channels)
    while true {
      let count = Int(sf_readf_float(file, &part, 8192))
      guard count > 0 else { break }
      samples += part.prefix(count * channels)
    }
    let width = channels
    frames = stride(from: 0, to: samples.count, by: width).map {
      StereoFrame(samples[$0], samples[$0 + (width > 1 ? 1 : 0)])
    }
  }
}
