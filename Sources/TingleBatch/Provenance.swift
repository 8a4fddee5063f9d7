import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

/// The origin of a file: program version, preset, seed, command and part of the track.
///
/// It is stored as JSON in a tag (`FileTags.provenance`), by which `batch`, `join` and `check` identify a
/// file. The comment tag holds the same facts as a sentence and is never parsed.
public struct Provenance: Sendable, Equatable {
  /// The version of this program.
  public static let currentVersion = "0.1.0"

  /// The version of the program that wrote the file.
  public var version: String
  public var presetName: String
  /// The intended use of the track; nil in files of version 0.1.0, which lack it.
  public var purpose: Purpose?
  /// SHA-256 of everything that determines the sound, except the sample format and the part of the track. Nil
  /// for recordings of live playback, which their log describes.
  public var recipe: String?
  /// The arguments that reproduce the file, without its name and the fields below: `render`, `sleep`,
  /// `--seed`, `1`. Paths are as they were given. Long words are replaced by hashes, see `shortened`.
  public var command: [String]
  public var seed: UInt64
  /// The sample rate in hertz.
  public var sampleRate: Int
  /// The number of channels: 1 or 2.
  public var channels: Int
  /// The container; nil in files of version 0.1.0, and in recordings of live playback.
  public var container: FileFormat.Container?
  /// The sample format; nil for lossy formats, and in recordings of live playback.
  public var depth: FileFormat.Depth?
  /// The position of the file's first frame in its track.
  public var startFrame = 0
  /// The number of frames in the file; nil if unknown when the file was opened.
  public var frames: Int?
  /// The number of frames in the whole track; nil if unknown when the file was opened.
  public var trackFrames: Int?
  /// The slice of the track; nil if the file is not a slice.
  public var slice: Slice?

  /// Creates the provenance of a whole track or of a recording.
  public init(
    version: String = currentVersion, presetName: String, purpose: Purpose?, recipe: String?,
    command: [String],
    seed: UInt64, sampleRate: Int, channels: Int
  ) {
    self.version = version
    self.presetName = presetName
    self.purpose = purpose
    self.recipe = recipe
    self.command = Self.shortened(command)
    self.seed = seed
    self.sampleRate = sampleRate
    self.channels = channels
  }

  /// Whether two files hold the same frames in the same format. Version and spelling of the command are
  /// ignored.
  public func describesSameFile(as other: Provenance) -> Bool {
    var (a, b) = (self, other)
    (a.version, a.command) = (b.version, b.command)
    return recipe != nil && a == b
  }

  // Fits into the tag of every format. libsndfile reads WAV headers of up to about 100 kB.
  private static let maximumCommandBytes = 24_576

  /// A command that fits into a tag: its longest words are replaced by their hashes until it does.
  private static func shortened(_ command: [String]) -> [String] {
    var words = command
    func bytes() -> Int { words.reduce(0) { $0 + $1.utf8.count + 1 } }
    while bytes() > maximumCommandBytes {
      guard let longest = words.indices.max(by: { words[$0].utf8.count < words[$1].utf8.count }),
        case let hash = Self.hash(words[longest]), hash.utf8.count < words[longest].utf8.count
      else { return [Self.hash(command.joined(separator: "\n"))] }
      words[longest] = hash
    }
    return words
  }

  private static func hash(_ text: String) -> String { "sha256:" + Checksum.of(text) }
}

extension Provenance {
  /// The comment tag: a sentence for people. It is never parsed, so its wording can change.
  public var comment: String {
    let part = slice.map { ", slice \($0.text)" } ?? ""
    let origin = recipe == nil ? "Recorded live with" : "Rendered by"
    let sentence = "\(origin) tingle \(version) from \(presetName), seed \(seed)\(part)"
    return command.isEmpty ? sentence : "\(sentence): \(briefCommand)"
  }

  /// The command with long texts truncated: `tingle render sleep --seed 1 --rate 48000`.
  private var briefCommand: String {
    let words = command + (recipe == nil ? [] : Self.options(sampleRate, channels, depth))
    return ShellWords.line(["tingle"] + words.map { $0.truncated(toBytes: 300) }).truncated(toBytes: 1200)
  }

  /// The options for sample rate, channels and depth; defaults of the latter two are left out.
  static func options(_ sampleRate: Int, _ channels: Int, _ depth: FileFormat.Depth?) -> [String] {
    var words = ["--rate", "\(sampleRate)"]
    if channels == 1 { words += ["--channels", "1"] }
    if let depth, depth != .int24 { words += ["--bits", depth.rawValue] }
    return words
  }
}

extension FileTags {
  /// Creates the tags of a file.
  public init(title: String, provenance: Provenance) {
    self.init(
      title: title.truncated(toBytes: 1000), software: "tingle \(provenance.version)",
      comment: provenance.comment,
      provenance: provenance.json)
  }
}

extension String {
  /// The string, truncated with an ellipsis: libsndfile does not read WAV tags of 2 kB or more.
  fileprivate func truncated(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var prefix = unicodeScalars.prefix(limit)
    while String(prefix).utf8.count > limit - 3 { prefix.removeLast() }
    return String(prefix) + "…"
  }
}
