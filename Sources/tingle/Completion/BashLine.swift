/// A command line up to the cursor, split into words as bash does, with quotes and backslashes removed.
struct BashLine {
  /// The words before the one at the cursor.
  private(set) var words: [String] = []
  /// The part of the word at the cursor that precedes the cursor.
  private(set) var current = ""
  // The length of the prefix that readline keeps: it replaces only the text after the last character of
  // COMP_WORDBREAKS.
  private var keptCount = 0
  // The open quote.
  private var quote: Character?

  /// - Parameter wordBreaks: the value of COMP_WORDBREAKS.
  init(_ line: String, wordBreaks: String) {
    var isWord = false
    var rest = line[...]
    while let character = rest.popFirst() {
      if let quote {
        if character == quote {
          self.quote = nil
          keptCount = current.count
        } else if quote == "\"", character == "\\", let next = rest.first, "\"\\$`".contains(next) {
          current.append(next)
          rest.removeFirst()
        } else {
          current.append(character)
        }
      } else if character.isWhitespace {
        if isWord { words.append(current) }
        (current, keptCount, isWord) = ("", 0, false)
        continue
      } else if character == "'" || character == "\"" {
        quote = character
        keptCount = current.count
      } else if character == "\\" {
        if let next = rest.popFirst() { current.append(next) }
      } else {
        current.append(character)
        if wordBreaks.contains(character) { keptCount = current.count }
      }
      isWord = true
    }
  }

  /// The text by which bash completes the line to a word that starts with `current`.
  func completion(of word: String) -> String {
    let rest = word.dropFirst(keptCount)
    switch quote {
    case "'"?: return String(rest).replacing("'", with: "'\\''")
    case .some: return rest.map { "\"\\$`".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    case nil:
      let isHome = keptCount == 0 && rest.hasPrefix("~/")
      return (isHome ? "~" : "")
        + rest.dropFirst(isHome ? 1 : 0).map { " \\'\"`$&|;<>()*?[]{}!#~".contains($0) ? "\\\($0)" : "\($0)" }
        .joined()
    }
  }
}
