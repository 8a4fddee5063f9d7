import CSndFile
import TingleMix
import TingleSupport

/// A format for output files: a container and a sample depth.
public struct FileFormat: Sendable, Equatable {
  /// The container and codec, by file extension.
  public enum Container: String, CaseIterable, Sendable {
    case wav, flac, ogg, opus, mp3
  }

  /// The sample depth of a lossless format.
  public enum Depth: String, CaseIterable, Sendable {
    case int16 = "16"
    case int24 = "24"
    case float
  }

  /// The container and codec.
  public let container: Container
  /// The sample depth; nil for a lossy format.
  public let depth: Depth?

  /// Creates a format.
  /// - Parameter depth: nil for the default: 24 bits if lossless.
  /// - Throws: `UserError` (usage) if the container does not support the depth.
  public init(_ container: Container, depth: Depth? = nil) throws {
    switch container {
    case .wav: self.depth = depth ?? .int24
    case .flac:
      guard depth != .float else {
        throw UserError(.usage, "FLAC does not support float samples; use --bits 16 or 24, or write .wav")
      }
      self.depth = depth ?? .int24
    case .ogg, .opus, .mp3:
      guard depth == nil else {
        throw UserError(
          .usage,
          "--bits does not apply to .\(container.rawValue), which is lossy; omit it, or write .wav or .flac")
      }
      self.depth = nil
    }
    self.container = container
  }

  /// The container for a path's extension.
  /// - Parameter hint: text appended to the error message.
  /// - Throws: `UserError` (usage) if the extension is missing or not supported.
  public static func container(ofPath path: String, hint: String = "") throws -> Container {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let supported = Container.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
    guard parts.count > 1, let fileExtension = parts.last?.lowercased() else {
      throw UserError(
        .usage, "'\(path)' has no extension to select the format; use \(supported)\(hint)")
    }
    let aliases = ["oga": "ogg", "wave": "wav"]
    guard let container = Container(rawValue: aliases[fileExtension] ?? fileExtension) else {
      throw UserError(
        .usage, "unsupported file format '.\(fileExtension)'; use \(supported)\(hint)")
    }
    return container
  }

  /// Checks that the format supports a sample rate.
  /// - Throws: `UserError` (usage) if it does not.
  public func check(sampleRate: Int) throws {
    switch container {
    case .opus where sampleRate != 48000:
      throw UserError(
        .usage, "Opus supports only 48000 Hz, not \(sampleRate) Hz; omit --rate, or write .ogg or .flac")
    case .mp3 where sampleRate > 48000:
      throw UserError(
        .usage,
        "MP3 supports at most 48000 Hz, not \(sampleRate) Hz; use --rate 44100 or 48000, or write .flac")
    default: break
    }
  }

  /// Whether this many bytes of samples require RF64, the variant of WAV for files over 4 GiB.
  func needsRF64(bytes: Int) -> Bool { container == .wav && bytes > 0xFFFF_FFFF - 65536 }

  /// The sample format that the encoder takes.
  var samples: SampleFormat {
    switch depth {
    case .int16: .int16
    case .int24: container == .wav ? .int24 : .s24InHigh32
    case .float: .float32
    case nil: .float32Rounded24
    }
  }

  /// Whether the container is Ogg.
  var isOgg: Bool { container == .ogg || container == .opus }

  /// The format code of libsndfile.
  func sndfileFormat(rf64: Bool) -> Int32 {
    let subtype: Int
    switch depth {
    case .int16: subtype = Int(SF_FORMAT_PCM_16)
    case .int24: subtype = Int(SF_FORMAT_PCM_24)
    case .float: subtype = Int(SF_FORMAT_FLOAT)
    case nil: subtype = 0
    }
    switch container {
    case .wav: return Int32((rf64 ? Int(SF_FORMAT_RF64) : Int(SF_FORMAT_WAV)) | subtype)
    case .flac: return Int32(Int(SF_FORMAT_FLAC) | subtype)
    case .ogg: return Int32(Int(SF_FORMAT_OGG) | Int(SF_FORMAT_VORBIS))
    case .opus: return Int32(Int(SF_FORMAT_OGG) | Int(SF_FORMAT_OPUS))
    case .mp3: return Int32(Int(SF_FORMAT_MPEG) | Int(SF_FORMAT_MPEG_LAYER_III))
    }
  }
}
