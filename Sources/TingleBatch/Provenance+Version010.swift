import TingleFiles
import TinglePresets
import TingleSupport

/// Version 0.1.0 had no data in its tags: the comment was a sentence, by which its files are still known.
extension Provenance {
  /// Reads a comment of version 0.1.0, of what was rendered or played live.
  init?(commentOf010 comment: String) {
    if let match = comment.firstMatch(of: #/^tingle (\S+), played live from (.+?); /#) {
      self.init(
        version: String(match.1), presetName: String(match.2), purpose: nil, recipe: nil, command: [],
        seed: 0,
        sampleRate: 48000, channels: 2)
      return
    }
    let pattern =
      #/tingle (\S+), preset (.+?), seed (\d+), recipe ([0-9a-f]+)(?:, slice (\d+/\d+) of (\d+) frames)?; made with: tingle (.+) --rate (\d+)( --channels 1)?(?: --bits (\S+))?/#
      .dotMatchesNewlines()
    guard let match = comment.wholeMatch(of: pattern)?.output, let seed = UInt64(match.3),
      let rate = Int(match.8),
      let words = try? ShellWords.words(in: match.7)
    else { return nil }
    self.init(
      version: String(match.1), presetName: String(match.2), purpose: nil, recipe: String(match.4),
      command: words,
      seed: seed, sampleRate: rate, channels: match.9 == nil ? 2 : 1)
    depth = match.10.map { FileFormat.Depth(rawValue: String($0)) } ?? .int24
    if let slice = match.5.flatMap({ Slice($0) }), let whole = match.6.flatMap({ Int($0) }) {
      let part = slice.frames(of: whole)
      (self.slice, startFrame, frames, wholeFrames) = (slice, part.lowerBound, part.count, whole)
    }
  }
}

extension Job {
  /// Whether a file that version 0.1.0 made is the one that this job would make. Only the command tells the part of
  /// the track there; a lossy file's depth and a file's container are not told.
  func matches010(_ found: Provenance) throws -> Bool {
    let own = try provenance
    let depth = own.depth == nil ? found.depth : own.depth
    return try found.recipe == recipe010(version: found.version) && found.slice == own.slice
      && found.depth == depth && found.presetName == own.presetName
      && found.command.joined(separator: " ") == own.command.joined(separator: " ")
  }

  private func recipe010(version: String) throws -> String {
    let parts = [
      version, PresetWriter.text(preset), try head?.checksum ?? "", "\(sampleRate)", "\(channels)",
    ]
    return String(Checksum.of(parts.joined(separator: "\n")).prefix(16))
  }
}
