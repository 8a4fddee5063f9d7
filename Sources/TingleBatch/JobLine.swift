import TinglePresets
import TingleSupport

/// The arguments of one `tingle render` command, and the line they come from.
public struct JobLine: Sendable, Equatable {
  /// The arguments that follow `tingle render`.
  public var words: [String]
  /// The source line, for messages.
  public var location: SourceLocation?

  /// Creates a line.
  public init(_ words: [String], at location: SourceLocation? = nil) {
    self.words = words
    self.location = location
  }

  /// The command, quoted for a shell, on one line.
  public var text: String { ShellWords.line(["tingle", "render"] + words) }

  /// Parses a list of jobs: one job per line, quoted as in a shell. Empty lines, comments that start with #,
  /// and a leading `tingle render` are skipped.
  /// - Parameter bytes: UTF-8 text, in which file names can hold any bytes. A byte order mark is optional;
  ///   lines end with LF, CR LF or CR.
  /// - Throws: `UserError` (data) for a quote that is not closed, and for input that is not text.
  public static func read(_ bytes: some Collection<UInt8>, file: String) throws -> [JobLine] {
    let text: String
    do { text = try TextEncoding.textWithFileNames(bytes) } catch { throw UserError(error, in: file) }
    var lines: [JobLine] = []
    for (index, line) in text.textLines.enumerated() {
      let location = SourceLocation(file: file, line: index + 1, column: 1)
      var words: [String]
      do {
        words = try ShellWords.words(in: line)
      } catch { throw UserError(.data, at: location, error.reason) }
      if words.first == "tingle" { words.removeFirst() }
      if words.first == "render" { words.removeFirst() }
      if !words.isEmpty { lines.append(JobLine(words, at: location)) }
    }
    return lines
  }
}
