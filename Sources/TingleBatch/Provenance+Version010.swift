import TingleFiles
import TinglePresets
import TingleSupport

/// Files of version 0.1.0, which held their provenance as a sentence in the comment tag.
extension Provenance {
  /// Parses a comment of version 0.1.0, of a render or of a recording.
  init?(commentOf010 comment: String) {
    if let match = comment.firstMatch(of: #/^tingle (\S+), played live from (.+?); /#) {
      self.init(
        version: String(match.1), presetName: String(match.2), purpose: nil, recipe: nil, command: [],
        seed: 0,
        sampleRate: 48000, channels: 2)
      return
    }
    let pattern =
      #/
        tingle\ (\S+),\ preset\ (.+?),\ seed\ (\d+),\ recipe\ ([0-9a-f]+)
        (?:,\ slice\ (\d+/\d+)\ of\ (\d+)\ frames)?
        ;\ made\ with:\ tingle\ (.+)\ --rate\ (\d+)(\ --channels\ 1)?(?:\ --bits\ (\S+))?
      /#
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
    if let slice = match.5.flatMap({ Slice($0) }), let track = match.6.flatMap({ Int($0) }) {
      let part = slice.frames(of: track)
      (self.slice, startFrame, frames, trackFrames) = (slice, part.lowerBound, part.count, track)
    }
  }
}

extension Job {
  /// Whether a file of version 0.1.0 is the one that this job would write. Such a file tells the part of the
  /// track only by its command, and neither its container nor the depth of a lossy format.
  func matches010(_ existing: Provenance) throws -> Bool {
    let own = try provenance
    let depth = own.depth == nil ? existing.depth : own.depth
    return try existing.recipe == recipe010(version: existing.version) && existing.slice == own.slice
      && existing.depth == depth && existing.presetName == own.presetName
      && existing.command.joined(separator: " ") == own.command.joined(separator: " ")
  }

  private func recipe010(version: String) throws -> String {
    let parts = [
      version, PresetWriter.text(preset), try hrtf?.checksum ?? "", "\(sampleRate)", "\(channels)",
    ]
    return String(Checksum.of(parts.joined(separator: "\n")).prefix(16))
  }
}
