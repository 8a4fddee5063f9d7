import TingleAudio

/// How a file was made: what its comment says, and reads again.
public struct Provenance: Sendable, Equatable {
  /// This program's version.
  public static let thisVersion = "0.1.0"

  /// Of the program that made it.
  public var version: String
  public var presetName: String
  public var seed: UInt64
  /// A hash of all that decides which samples come out, but for their depth and the part of the track.
  public var recipe: String
  /// Which slice of the track it is, if it is one, and the frames of the whole.
  public var slice: Slice?
  public var wholeFrames: Int?
  /// The words of the command, but for the program's name, the file's, and what follows.
  public var words: String
  /// In hertz.
  public var sampleRate: Int
  /// 1 or 2.
  public var channels: Int
  /// How finely samples are stored; nil for lossy formats.
  public var depth: FileFormat.Depth?

  /// `tingle 0.1.0, preset sleep, seed 1, recipe 0123456789abcdef; made with: tingle render sleep --seed 1 --rate 48000`
  public var comment: String {
    var text = "tingle \(version), preset \(presetName), seed \(seed), recipe \(recipe)"
    if let slice, let wholeFrames { text += ", slice \(slice.text) of \(wholeFrames) frames" }
    return text + "; made with: \(command)"
  }

  /// The command that makes the file again, but for its name: `tingle render sleep --seed 1 --rate 48000`
  public var command: String {
    var text = "tingle \(words) --rate \(sampleRate)"
    if channels == 1 { text += " --channels 1" }
    if let depth, depth != .int24 { text += " --bits \(depth.rawValue)" }
    return text
  }

  /// Reads a comment.
  public init?(comment: String) {
    let pattern =
      #/tingle (\S+), preset (.+?), seed (\d+), recipe ([0-9a-f]+)(?:, slice (\d+/\d+) of (\d+) frames)?; made with: tingle (.+) --rate (\d+)( --channels 1)?(?: --bits (\S+))?/#
      .dotMatchesNewlines()
    guard let match = comment.wholeMatch(of: pattern)?.output, let seed = UInt64(match.3),
      let rate = Int(match.8)
    else { return nil }
    (version, presetName, self.seed, recipe) = (String(match.1), String(match.2), seed, String(match.4))
    (slice, wholeFrames) = (match.5.flatMap { Slice($0) }, match.6.flatMap { Int($0) })
    (words, sampleRate, channels) = (String(match.7), rate, match.9 == nil ? 2 : 1)
    depth = match.10.map { FileFormat.Depth(rawValue: String($0)) } ?? .int24
  }

  /// All of it.
  public init(
    version: String, presetName: String, seed: UInt64, recipe: String, slice: Slice?, wholeFrames: Int?,
    words: String, sampleRate: Int, channels: Int, depth: FileFormat.Depth?
  ) {
    self.version = version
    self.presetName = presetName
    self.seed = seed
    self.recipe = recipe
    self.slice = slice
    self.wholeFrames = wholeFrames
    self.words = words
    self.sampleRate = sampleRate
    self.channels = channels
    self.depth = depth
  }
}

extension FileTags {
  /// The tags of a file that was made so.
  public init(title: String, provenance: Provenance) {
    self.init(
      title: title, software: "tingle \(provenance.version)", comment: provenance.comment)
  }
}
