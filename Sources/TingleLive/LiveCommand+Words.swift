import TingleSupport

/// Splitting of a command line into words, and quoting of words.
extension LiveCommand {
  /// A word as it is written in a command line: in double quotes if it is empty or has white space or quotes.
  public static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { $0.isWhitespace || $0 == "\"" }) else { return word }
    return inQuotes(word)
  }

  private static func inQuotes(_ word: String) -> String {
    "\"\(word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Splits a line at white space. Double quotes group words; within them, `\"` and `\\` are a quote and a
  /// backslash.
  /// - Throws: `UserError` (`usage`) for a quote that is not closed.
  static func words(_ line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var rest = line[...]
    while let character = rest.popFirst() {
      if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if isQuoted, character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        word?.append(next)
        rest.removeFirst()
      } else if character.isWhitespace, !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard !isQuoted else {
      throw UserError(.usage, #"missing closing double quote; within quotes, write a quote as \""#)
    }
    if let word { words.append(word) }
    return words
  }

  /// The part of a line after its first word, with its quotes; quotes that enclose all of it are removed.
  static func remainder(of line: String) throws -> String {
    var text = line[...]
    text = text.drop { $0.isWhitespace }
    text = text.drop { !$0.isWhitespace }
    text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    let words = try words(String(text))
    return words.count == 1 && inQuotes(words[0]) == text ? words[0] : String(text)
  }
}
