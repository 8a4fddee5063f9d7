/// A piece of folded text: a run of digits, a run of letters with the apostrophes within it, or one mark.
struct Lexeme: Equatable {
  enum Kind { case digits, letters, mark, end }
  /// What separates a lexeme from the one before it.
  enum Space: Int { case none, space, paragraph }

  let kind: Kind
  let text: String
  let lowercased: String
  let space: Space

  init(_ kind: Kind, _ text: String, space: Space) {
    (self.kind, self.text, self.space) = (kind, text, space)
    lowercased = kind == .letters ? text.lowercased() : text
  }

  /// Stands for the lexemes before the first and after the last.
  static let end = Lexeme(.end, "", space: .paragraph)

  /// Whether there is no space before the lexeme.
  var isJoined: Bool { space == .none && kind != .end }
  var isLetters: Bool { kind == .letters }
  var isDigits: Bool { kind == .digits }
  /// Whether the first letter is a capital.
  var isCapitalized: Bool { isLetters && text.first?.isUppercase == true }
  /// Whether it has two or more letters, all capitals.
  var isCapitals: Bool { isLetters && text.utf8.count > 1 && text == text.uppercased() }
  /// Whether it is a single capital.
  var isInitial: Bool { isCapitalized && text.count == 1 }
  /// The value of up to 15 digits.
  var value: Int? { isDigits && text.utf8.count <= 15 ? Int(text) : nil }

  func isMark(_ marks: String) -> Bool { kind == .mark && marks.contains(text) }
}

/// The lexemes of a text. Indices outside it give `Lexeme.end`.
struct Lexemes {
  private let all: [Lexeme]
  var count: Int { all.count }

  subscript(index: Int) -> Lexeme { all.indices.contains(index) ? all[index] : .end }

  init(_ text: String) {
    var lexemes: [Lexeme] = []
    let scalars = Array(text.unicodeScalars)
    var k = 0
    var space = Lexeme.Space.paragraph
    while k < scalars.count {
      let start = k
      if scalars[k].properties.isWhitespace {
        space = max(space, .space)
        var lineBreaks = 0
        while k < scalars.count, scalars[k].properties.isWhitespace {
          // CR LF is one line break.
          if Self.isLineBreak(scalars[k]), !(scalars[k] == "\n" && k > 0 && scalars[k - 1] == "\r") {
            lineBreaks += 1
          }
          k += 1
        }
        // A blank line ends a sentence; a single line break does not.
        if lineBreaks > 1 { space = .paragraph }
        continue
      }
      let kind = Self.kind(scalars[k])
      k += 1
      if kind != .mark {
        while k < scalars.count {
          let isApostrophe =
            scalars[k] == "'" && kind == .letters && k + 1 < scalars.count
            && Self.kind(scalars[k + 1]) == .letters
          guard isApostrophe || Self.kind(scalars[k]) == kind else { break }
          k += 1
        }
      }
      var run = String.UnicodeScalarView()
      run.append(contentsOf: scalars[start..<k])
      lexemes.append(Lexeme(kind, String(run), space: space))
      space = .none
    }
    all = lexemes
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    0x0A...0x0D ~= scalar.value || [0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Lexeme.Kind {
    if "0"..."9" ~= scalar { return .digits }
    if scalar.isASCII { return scalar.properties.isAlphabetic ? .letters : .mark }
    return scalar.properties.isAlphabetic && scalar.value < 0x1F000 ? .letters : .mark
  }

  /// Whether a lexeme is the first of its sentence.
  func startsSentence(_ index: Int) -> Bool {
    var k = index
    while self[k].space != .paragraph, self[k - 1].isMark("\"'([*_") { k -= 1 }
    return self[k].space == .paragraph || self[k - 1].isMark(".!?:") || self[k - 1].kind == .end
  }

  /// The marks that close a quotation or bracket are passed over.
  func indexAfterClosingMarks(_ index: Int) -> Int {
    var k = index
    while self[k].isJoined, self[k].isMark("\"')]") { k += 1 }
    return k
  }

  /// Whether a quotation that one of the previous 80 lexemes opened is still open.
  func isQuoted(_ index: Int, by mark: String) -> Bool {
    var k = index - 1
    while k >= max(0, index - 80) {
      if self[k].isMark(mark), !self[k].isJoined || self[k - 1].isMark("(["), self[k + 1].isJoined {
        return true
      }
      if self[k].isMark(mark), self[k].isJoined, !self[k - 1].isDigits { return false }
      if self[k].space == .paragraph { return false }
      k -= 1
    }
    return false
  }
}

extension Lexeme.Space: Comparable {
  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
