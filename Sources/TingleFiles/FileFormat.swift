import CSndFile
import TingleMix
import TingleSupport

/// A kind of sound file that can be written.
public struct FileFormat: Sendable, Equatable {
  /// The container and codec.
  public enum Container: String, CaseIterable, Sendable {
    case wav, flac, ogg, opus, mp3
  }

  /// How finely samples are stored, where the container lets one choose.
  public enum Depth: String, CaseIterable, Sendable {
    case int16 = "16"
    case int24 = "24"
    case float
  }

  /// The container and codec.
  public let container: Container
  /// How finely samples are stored; nil for the lossy ones.
  public let depth: Depth?

  /// A format that exists.
  /// - Throws: `UserError` (usage) for a pair that does not.
  public init(_ container: Container, depth: Depth? = nil) throws {
    switch container {
    case .wav: self.depth = depth ?? .int24
    case .flac:
      guard depth != .float else {
        throw UserError(.usage, "FLAC holds no floats; use --bits 16 or 24, or a .wav file")
      }
      self.depth = depth ?? .int24
    case .ogg, .opus, .mp3:
      guard depth == nil else {
        throw UserError(
          .usage,
          "--bits means nothing in a lossy .\(container.rawValue) file; leave it out, or write .wav or .flac")
      }
      self.depth = nil
    }
    self.container = container
  }

  /// The container that goes with a file's extension.
  /// - Parameter hint: what else could be done where there is none.
  /// - Throws: `UserError` (usage) when there is none.
  public static func container(ofPath path: String, hint: String = "") throws -> Container {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let known = Container.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
    guard parts.count > 1, let ending = parts.last?.lowercased() else {
      throw UserError(
        .usage, "'\(path)' has no extension to tell the format; end it in \(known)\(hint)")
    }
    guard let container = Container(rawValue: ending == "oga" ? "ogg" : ending == "wave" ? "wav" : ending)
    else {
      throw UserError(
        .usage, "no format is known for '.\(ending)'; end the name in \(known)\(hint)")
    }
    return container
  }

  /// Checks that the format can hold this sample rate.
  /// - Throws: `UserError` (usage) when it cannot.
  public func check(sampleRate: Int) throws {
    switch container {
    case .opus where sampleRate != 48000:
      throw UserError(
        .usage, "Opus holds 48000 Hz, not \(sampleRate); leave --rate out, or write .ogg or .flac")
    case .mp3 where sampleRate > 48000:
      throw UserError(
        .usage, "MP3 holds at most 48000 Hz, not \(sampleRate); use --rate 44100 or 48000, or write .flac")
    default: break
    }
  }

  /// Whether so many bytes of samples need RF64, the form of WAV for more than 4 GiB.
  func needsRF64(bytes: Int) -> Bool { container == .wav && bytes > 0xFFFF_FFFF - 65536 }

  /// How the samples are given to whoever makes the file.
  var samples: SampleFormat {
    switch depth {
    case .int16: .int16
    case .int24: container == .wav ? .int24 : .s24InHigh32
    case .float: .float32
    case nil: .float32Rounded24
    }
  }

  /// Whether it is kept in Ogg pages.
  var isOgg: Bool { container == .ogg || container == .opus }

  /// libsndfile's number for it.
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
