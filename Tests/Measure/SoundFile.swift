import CSndFile
import Foundation
import TingleMix

/// A sound file, read whole.
public struct SoundFile {
  /// Frames; a mono file has the same in both ears.
  public let frames: [StereoFrame]
  /// In hertz.
  public let sampleRate: Int
  /// In the file.
  public let channels: Int
  /// libsndfile's number for container and encoding.
  public let format: Int
  /// Title, software and comment, where there are any.
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

/// A folder that is gone after the test.
public final class TemporaryFolder {
  /// Where it is.
  public let path: String

  /// An empty folder.
  public init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A path in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// The names of the files in it.
  public var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
