/// Quotes and splits the words of a command line as a POSIX shell does, always on one line.
///
/// Line breaks, control characters and bytes that are not UTF-8 are written as escapes in `$'...'` (POSIX
/// 2024; bash, ksh, zsh).
package enum ShellWords {
  /// Why a line cannot be split into words.
  package struct ParseError: Error, Equatable {
    package let reason: String
  }

  // MARK: Quoting

  /// Quotes the words and joins them with spaces.
  package static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  /// Quotes a word: unchanged if it needs no quotes, otherwise in single quotes, or with escapes in `$'...'`.
  package static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
    guard !word.unicodeScalars.contains(where: needsEscape) else { return escaped(word) }
    // By scalars, since a quote and a combining accent after it are one character.
    return word.unicodeScalars.reduce(into: "'") { text, scalar in
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    } + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:=,+@%".utf8.contains(byte)
    }
  }

  /// Whether a scalar is a control character, a line separator, a byte order mark, or an encoded byte of a
  /// file name.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xEF80...0xEFFF: true
    default: false
    }
  }

  private static func escaped(_ word: String) -> String {
    word.unicodeScalars.reduce(into: "$'") { text, scalar in
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "'": text += "\\'"
      case "\\": text += "\\\\"
      case _ where needsEscape(scalar):
        for byte in FileName.bytes(String(scalar)) {
          text += (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16, uppercase: true)
        }
      default: text.unicodeScalars.append(scalar)
      }
    } + "'"
  }

  // MARK: Splitting

  /// Splits a line at white space that is not quoted or escaped. A # at the start of a word starts a comment.
  /// Variables, patterns and commands are not expanded.
  /// - Throws: `ParseError` for an unclosed quote, a zero byte or an invalid character.
  package static func words(in line: some StringProtocol) throws(ParseError) -> [String] {
    var reader = Reader(rest: Array(line.unicodeScalars)[...])
    return try reader.read()
  }

  private struct Reader {
    var rest: ArraySlice<Unicode.Scalar>
    private var words: [String] = []
    /// The bytes of the current word.
    private var word: [UInt8] = []
    private var isInWord = false

    init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

    mutating func read() throws(ParseError) -> [String] {
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\\":
          guard let next = rest.popFirst() else { throw Self.unclosed }
          append(next)
        case "'": try read(until: "'") { $0.append($1) }
        case "\"": try read(until: "\"") { $0.readInDoubleQuotes($1) }
        case "$" where rest.first == "'":
          rest.removeFirst()
          try read(until: "'") { reader, scalar throws(ParseError) in
            if scalar == "\\" { try reader.readEscape() } else { reader.append(scalar) }
          }
        case "#" where !isInWord: rest = []
        case _ where scalar.properties.isWhitespace: endWord()
        default: append(scalar)
        }
      }
      endWord()
      return words
    }

    private static let unclosed = ParseError(
      reason: "unclosed quote; close it on the same line")

    private mutating func append(_ scalar: Unicode.Scalar) {
      isInWord = true
      if scalar.isASCII { word.append(UInt8(scalar.value)) } else { word += FileName.bytes(String(scalar)) }
    }

    private mutating func endWord() {
      if isInWord { words.append(FileName.text(word)) }
      word.removeAll(keepingCapacity: true)
      isInWord = false
    }

    /// Reads up to the closing quote.
    private mutating func read(
      until end: Unicode.Scalar, _ take: (inout Reader, Unicode.Scalar) throws(ParseError) -> Void
    ) throws(ParseError) {
      isInWord = true
      while let scalar = rest.popFirst() {
        if scalar == end { return }
        try take(&self, scalar)
      }
      throw Self.unclosed
    }

    /// In double quotes, a backslash is literal except before `$`, a backtick, a double quote or a backslash.
    private mutating func readInDoubleQuotes(_ scalar: Unicode.Scalar) {
      if scalar == "\\", let next = rest.first, "$`\"\\".unicodeScalars.contains(next) {
        rest.removeFirst()
        append(next)
      } else {
        append(scalar)
      }
    }

    private static let named: [Unicode.Scalar: UInt8] = [
      "n": 0x0A, "t": 0x09, "r": 0x0D, "a": 0x07, "b": 0x08, "e": 0x1B, "E": 0x1B, "f": 0x0C, "v": 0x0B,
      "\\": 0x5C, "'": 0x27, "\"": 0x22, "?": 0x3F,
    ]

    /// Reads `\n`, `\xE9`, `\351`, `\u00E9` or `\U0001F319`; a backslash before another character is literal.
    private mutating func readEscape() throws(ParseError) {
      guard let scalar = rest.popFirst() else { throw Self.unclosed }
      if let byte = Self.named[scalar] {
        word.append(byte)
        return
      }
      switch scalar {
      case "x", "u", "U":
        guard let code = number(radix: 16, maxDigits: scalar == "x" ? 2 : scalar == "u" ? 4 : 8) else {
          break
        }
        return try append(code, isByte: scalar == "x")
      case "0"..."7":
        rest = [scalar] + rest
        guard let code = number(radix: 8, maxDigits: 3) else { break }
        return try append(code & 0xFF, isByte: true)
      default: break
      }
      append("\\")
      append(scalar)
    }

    private mutating func number(radix: Int, maxDigits: Int) -> UInt32? {
      let digits = rest.prefix(maxDigits).prefix { $0.isASCII && Int(String($0), radix: radix) != nil }
      rest = rest.dropFirst(digits.count)
      return UInt32(String(String.UnicodeScalarView(digits)), radix: radix)
    }

    private mutating func append(_ code: UInt32, isByte: Bool) throws(ParseError) {
      guard code != 0 else { throw ParseError(reason: "a word cannot contain a zero byte; remove it") }
      if isByte {
        word.append(UInt8(truncatingIfNeeded: code))
      } else if let scalar = Unicode.Scalar(code) {
        append(scalar)
      } else {
        throw ParseError(
          reason: "U+\(String(code, radix: 16, uppercase: true)) is not a character; remove it")
      }
    }
  }
}
