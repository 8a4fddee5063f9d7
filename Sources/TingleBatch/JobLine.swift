import TinglePresets

/// The words of one `tingle render`, and where they come from.
public struct JobLine: Sendable, Equatable {
  /// What follows `tingle render`.
  public var words: [String]
  /// A line of a file, for messages.
  public var place: PresetError.Place?

  /// Words.
  public init(_ words: [String], at place: PresetError.Place? = nil) {
    self.words = words
    self.place = place
  }

  /// As a shell would read it.
  public var text: String { Self.shell(["tingle", "render"] + words) }

  /// Words as a shell would read them.
  static func shell(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  /// Reads lines of words, one job a line, quoted as in a shell; empty ones and those that begin with # are passed over, and so is
  /// `tingle render` at a line's beginning.
  /// - Throws: `PresetError` (data) for a quote that does not end.
  public static func read(_ text: String, file: String) throws -> [JobLine] {
    var lines: [JobLine] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let place = PresetError.Place(file: file, line: number + 1, column: 1)
      var words = try self.words(in: line, at: place)
      if words.first == "tingle" { words.removeFirst() }
      if words.first == "render" { words.removeFirst() }
      if !words.isEmpty { lines.append(JobLine(words, at: place)) }
    }
    return lines
  }

  /// Splits like a shell: at blanks, but not between quotes or after a backslash.
  static func words(in line: Substring, at place: PresetError.Place) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      switch (quote, character) {
      case _ where isEscaped:
        word = (word ?? "") + String(character)
        isEscaped = false
      case (nil, "\\"), ("\"", "\\"): isEscaped = true
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (let open?, _) where open == character: quote = nil
      case (nil, "#") where word == nil: return words
      case (nil, _) where character.isWhitespace:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else {
      throw PresetError(.data, at: place, "a quote is opened and not closed; close it on the same line")
    }
    return words + (word.map { [$0] } ?? [])
  }

  /// As it is, where a shell would take it as it is.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=,+@%".contains($0)) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
