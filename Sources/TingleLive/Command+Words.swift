/// How a line is cut into words, and words are made a line.
extension Command {
  /// A word as it stands in a line: in double quotes, if it needs them, with a backslash before a quote or a backslash.
  public static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { $0.isWhitespace || $0 == "\"" }) else { return word }
    return inQuotes(word)
  }

  private static func inQuotes(_ word: String) -> String {
    "\"\(word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Words between spaces; double quotes keep some together, and a backslash within them takes the next quote or backslash as it is.
  /// - Throws: `ParseError` for a quote that is not closed.
  static func words(_ line: String) throws(ParseError) -> [String] {
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
    guard !isQuoted else { throw ParseError("a double quote is not closed; within quotes a quote is \\\"") }
    if let word { words.append(word) }
    return words
  }

  /// What stands after the verb, as it is written: quotes in it are its own, but for those round all of it.
  static func remainder(of line: String) throws(ParseError) -> String {
    var text = line[...]
    text = text.drop { $0.isWhitespace }
    text = text.drop { !$0.isWhitespace }
    text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    let words = try words(String(text))
    return words.count == 1 && inQuotes(words[0]) == text ? words[0] : String(text)
  }
}
