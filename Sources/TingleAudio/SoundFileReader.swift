import CSndFile
import Foundation
import TingleMix
import TingleSupport

/// A sound file, from its beginning to its end, in any format that libsndfile reads.
public final class SoundFileReader {
  /// In hertz.
  public let sampleRate: Double
  /// How long it says it is.
  public let frames: Int
  private let file: OpaquePointer
  /// 1 or 2.
  public let channels: Int
  private let path: String
  private var buffer: [Float]
  private static let portion = 16384

  /// Opens a file.
  /// - Throws: `FileError` for what cannot be read, `AudioError` (data) for no sound, or neither mono nor stereo.
  public init(_ path: String) throws {
    let descriptor = try InputFile.open(path)
    var info = SF_INFO()
    guard let file = sf_open_fd(descriptor, Int32(SFM_READ), &info, Int32(SF_TRUE)) else {
      throw AudioError(.data, "'\(path)' is no sound file: \(String(cString: sf_strerror(nil)))")
    }
    guard info.channels == 1 || info.channels == 2 else {
      sf_close(file)
      throw AudioError(.data, "'\(path)' has \(info.channels) channels; one or two are heard")
    }
    self.file = file
    self.path = path
    channels = Int(info.channels)
    sampleRate = Double(info.samplerate)
    frames = Int(info.frames)
    buffer = [Float](repeating: 0, count: Self.portion * channels)
  }

  deinit { sf_close(file) }

  /// Goes to a frame.
  /// - Throws: `AudioError` (data) for a file that is shorter.
  public func seek(toFrame frame: Int) throws {
    guard sf_seek(file, sf_count_t(frame), SEEK_SET) == frame else {
      throw AudioError(.data, "'\(path)' is broken: it ends before frame \(frame)")
    }
  }

  /// The next frames, as many as there are up to `count`.
  public func next(_ count: Int) throws -> [StereoFrame] {
    var result: [StereoFrame] = []
    while result.count < count {
      let wanted = min(Self.portion, count - result.count)
      let read = Int(sf_readf_float(file, &buffer, sf_count_t(wanted)))
      guard read > 0 else { break }
      for i in 0..<read { result.append(frame(i)) }
    }
    return result
  }

  private func frame(_ i: Int) -> StereoFrame {
    channels == 1 ? StereoFrame(repeating: buffer[i]) : StereoFrame(buffer[2 * i], buffer[2 * i + 1])
  }

  /// Hands over all that is left; a single channel goes to both ears.
  /// - Throws: `AudioError` (data) for a file that ends before it says, and what `consume` throws.
  public func read(_ consume: (UnsafeMutableBufferPointer<StereoFrame>) throws -> Void) throws {
    let block = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: Self.portion)
    defer { block.deallocate() }
    block.initialize(repeating: .zero)
    while true {
      let count = Int(sf_readf_float(file, &buffer, sf_count_t(Self.portion)))
      guard count > 0 else { break }
      for i in 0..<count { block[i] = frame(i) }
      try consume(block.extracting(0..<count))
    }
    guard sf_error(file) == 0 else {
      throw AudioError(.data, "'\(path)' is broken: \(String(cString: sf_strerror(file)))")
    }
  }
}
