/// Reads a script character by character, with line and column.
struct ScriptCursor {
  private let characters: [Character]
  private var index = 0
  private(set) var position = ScriptItem.Position(line: 1, column: 1)
  /// Whether only white space precedes the next character in its line.
  private(set) var isAtLineStart = true

  init(_ text: String) { characters = Array(text) }

  /// The next character; nil at the end.
  var next: Character? { index < characters.count ? characters[index] : nil }

  /// Whether the next characters are `text`.
  func isNext(_ text: String) -> Bool {
    index + text.count <= characters.count && text.elementsEqual(characters[index..<index + text.count])
  }

  /// Takes the next character.
  @discardableResult mutating func take() -> Character? {
    guard let character = next else { return nil }
    index += 1
    if character.isNewline {
      position = ScriptItem.Position(line: position.line + 1, column: 1)
      isAtLineStart = true
    } else {
      position.column += 1
      if !character.isWhitespace { isAtLineStart = false }
    }
    return character
  }

  /// Takes the characters before the first one for which `isEnd` is true, or the rest.
  mutating func take(until isEnd: (Character) -> Bool) -> String {
    var text = ""
    while let character = next, !isEnd(character) {
      text.append(character)
      take()
    }
    return text
  }

  /// Takes white space.
  /// - Returns: the number of line ends in it.
  mutating func takeSpace() -> Int {
    var lines = 0
    while let character = next, character.isWhitespace {
      if character.isNewline { lines += 1 }
      take()
    }
    return lines
  }
}
