import TinglePresets
import TingleSupport

/// The words of one `tingle render`, and where they come from.
public struct JobLine: Sendable, Equatable {
  /// What follows `tingle render`.
  public var words: [String]
  /// A line of a file, for messages.
  public var place: SourceLocation?

  /// Words.
  public init(_ words: [String], at place: SourceLocation? = nil) {
    self.words = words
    self.place = place
  }

  /// As a shell reads it, on one line.
  public var text: String { ShellWords.line(["tingle", "render"] + words) }

  /// Reads lines of words, one job a line, quoted as in a shell. Empty lines, comments after #, and `tingle render` at a
  /// line's beginning are skipped.
  /// - Parameter bytes: UTF-8, but for file names; with or without a byte order mark, lines ended by LF, CR LF or CR.
  /// - Throws: `UserError` (data) for a quote that is not closed, and for what is not text.
  public static func read(_ bytes: some Collection<UInt8>, file: String) throws -> [JobLine] {
    let text: String
    do { text = try TextEncoding.textWithFileNames(bytes) } catch { throw UserError(error, in: file) }
    var lines: [JobLine] = []
    for (number, line) in text.textLines.enumerated() {
      let place = SourceLocation(file: file, line: number + 1, column: 1)
      var words: [String]
      do {
        words = try ShellWords.words(in: line)
      } catch { throw UserError(.data, at: place, error.reason) }
      if words.first == "tingle" { words.removeFirst() }
      if words.first == "render" { words.removeFirst() }
      if !words.isEmpty { lines.append(JobLine(words, at: place)) }
    }
    return lines
  }
}
