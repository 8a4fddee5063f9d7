import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

/// How a file was made, as data: what `batch`, `join` and `check` know a file by. Its tag holds it as JSON
/// (`FileTags.provenance`); the comment beside it is for people, and is never read.
public struct Provenance: Sendable, Equatable {
  /// This program's version.
  public static let thisVersion = "0.1.0"

  /// Of the program that made it.
  public var version: String
  public var presetName: String
  /// What the track is for; nil in files of version 0.1.0, which do not say it.
  public var purpose: Purpose?
  /// SHA-256 of all that decides the sound, but for the sample format and the part of the track; nil for what was
  /// played live, which only its log describes.
  public var recipe: String?
  /// The command that makes it again, without the name of the file and what the fields below say: `render`, `sleep`,
  /// `--seed`, `1`. Paths are as they were given. Long words are replaced by their hashes, see `kept`.
  public var command: [String]
  public var seed: UInt64
  /// In hertz.
  public var sampleRate: Int
  /// 1 or 2.
  public var channels: Int
  /// nil in files of version 0.1.0, and for what was played live.
  public var container: FileFormat.Container?
  /// How samples are stored; nil for lossy formats, and for what was played live.
  public var depth: FileFormat.Depth?
  /// The file's first frame in its track.
  public var startFrame = 0
  /// How many frames the file has, and its track; nil where that was not known when the file was begun.
  public var frames: Int?
  public var wholeFrames: Int?
  /// Which slice of the track it is, if it is one.
  public var slice: Slice?

  /// A whole track, or what was played.
  public init(
    version: String = thisVersion, presetName: String, purpose: Purpose?, recipe: String?, command: [String],
    seed: UInt64, sampleRate: Int, channels: Int
  ) {
    self.version = version
    self.presetName = presetName
    self.purpose = purpose
    self.recipe = recipe
    self.command = Self.kept(command)
    self.seed = seed
    self.sampleRate = sampleRate
    self.channels = channels
  }

  /// Whether two files hold the same frames in the same form. The version is another matter, and how the command was
  /// spelled does not matter.
  public func describesSameFile(as other: Provenance) -> Bool {
    var (a, b) = (self, other)
    (a.version, a.command) = (b.version, b.command)
    return recipe != nil && a == b
  }

  // As much as every format's tag can hold; libsndfile reads no longer INFO item than 2 kB, and no longer header of a
  // WAV than some 100 kB.
  private static let mostCommandBytes = 24_576

  /// A command as files keep it: as long as it is too long, its longest word is replaced by the word's hash.
  private static func kept(_ command: [String]) -> [String] {
    var words = command
    func bytes() -> Int { words.reduce(0) { $0 + $1.utf8.count + 1 } }
    while bytes() > mostCommandBytes {
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
  /// The comment, for people. Nothing reads it: its wording can change at any time.
  public var comment: String {
    let part = slice.map { ", slice \($0.text)" } ?? ""
    let making = recipe == nil ? "Played live with" : "Made by"
    let sentence = "\(making) tingle \(version) from \(presetName), seed \(seed)\(part)"
    return command.isEmpty ? sentence : "\(sentence), with: \(briefCommand)"
  }

  /// `tingle render sleep --seed 1 --rate 48000`, with long texts cut.
  private var briefCommand: String {
    let words = command + (recipe == nil ? [] : Self.options(sampleRate, channels, depth))
    return ShellWords.line(["tingle"] + words.map { $0.cut(toBytes: 300) }).cut(toBytes: 1200)
  }

  /// The options of a command that the fields tell.
  static func options(_ sampleRate: Int, _ channels: Int, _ depth: FileFormat.Depth?) -> [String] {
    var words = ["--rate", "\(sampleRate)"]
    if channels == 1 { words += ["--channels", "1"] }
    if let depth, depth != .int24 { words += ["--bits", depth.rawValue] }
    return words
  }
}

extension FileTags {
  /// The tags of a file that was made so.
  public init(title: String, provenance: Provenance) {
    self.init(
      title: title.cut(toBytes: 1000), software: "tingle \(provenance.version)", comment: provenance.comment,
      provenance: provenance.json)
  }
}

extension String {
  /// Itself, or its beginning and an ellipsis: no tag of a WAV is read back from 2 kB on.
  fileprivate func cut(toBytes most: Int) -> String {
    guard utf8.count > most else { return self }
    var beginning = unicodeScalars.prefix(most)
    while String(beginning).utf8.count > most - 3 { beginning.removeLast() }
    return String(beginning) + "…"
  }
}
