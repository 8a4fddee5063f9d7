import CSndFile
import Foundation

/// Seed files for fuzzing: short sound files in every container and encoding that libsndfile writes.
public enum SoundFileSeeds {
  /// The contents of a file, and the extension of its format.
  public struct Seed: Sendable {
    public let bytes: [UInt8]
    public let fileExtension: String
  }

  private static let frames = 6000
  private static let samples: [Float] = {
    var generator = SplitMix(seed: 1)
    return (0..<2 * frames).map { _ in Float(generator.next() >> 40) * 0x1p-24 - 0.5 }
  }()

  /// Creates 6000 frames of noise in every format, mono and stereo.
  /// - Parameter folder: the folder for temporary files.
  public static func make(in folder: String) -> [Seed] {
    kinds.enumerated().flatMap { number, kind in
      [1, 2].compactMap { channels -> Seed? in
        let path = "\(folder)/\(number)-\(channels)"
        defer { unlink(path) }
        guard write(path, format: kind.format, channels: channels),
          let data = FileManager.default.contents(atPath: path), !data.isEmpty
        else { return nil }
        return Seed(bytes: [UInt8](data), fileExtension: kind.fileExtension)
      }
    }
  }

  private static var kinds: [(format: Int32, fileExtension: String)] {
    let majors = formats(SFC_GET_FORMAT_MAJOR_COUNT, SFC_GET_FORMAT_MAJOR)
    let subtypes = formats(SFC_GET_FORMAT_SUBTYPE_COUNT, SFC_GET_FORMAT_SUBTYPE)
    // RAW has no header to recognise it by, and SD2 stores its header in a separate file.
    let unusable = [Int32(SF_FORMAT_RAW), Int32(SF_FORMAT_SD2)]
    return majors.filter { !unusable.contains($0.format) }.flatMap { major in
      subtypes.map { (major.format | $0.format, major.fileExtension) }
    }
  }

  private static func formats(_ count: Int, _ get: Int) -> [(format: Int32, fileExtension: String)] {
    var number: Int32 = 0
    sf_command(nil, Int32(count), &number, Int32(MemoryLayout<Int32>.size))
    return (0..<number).map { k in
      var info = SF_FORMAT_INFO()
      info.format = k
      sf_command(nil, Int32(get), &info, Int32(MemoryLayout<SF_FORMAT_INFO>.size))
      return (info.format, info.extension.map { String(cString: $0) } ?? "")
    }
  }

  private static func write(_ path: String, format: Int32, channels: Int) -> Bool {
    // Opus and a few other formats accept only some sample rates.
    for rate in [Int32(12000), 8000, 16000, 48000] {
      var info = SF_INFO()
      (info.samplerate, info.channels, info.format) = (rate, Int32(channels), format)
      guard sf_format_check(&info) != 0, let file = sf_open(path, Int32(SFM_WRITE), &info) else { continue }
      sf_set_string(file, Int32(SF_STR_TITLE), "title")
      let written = sf_writef_float(file, samples, sf_count_t(frames))
      sf_close(file)
      if written == frames { return true }
    }
    return false
  }
}
