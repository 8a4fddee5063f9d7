/// Text normalization: written text -> spoken words, and the prosodic boundaries between them.
///
/// Markup is removed, Unicode is folded to ASCII letters and symbols, the text is divided into lexemes, and
/// each class of token (numbers, dates, abbreviations, ...) is verbalized by one rule. The first rule that
/// applies at a lexeme reads it and as many of the following lexemes as it needs.
struct Normalizer {
  /// A word, or a boundary.
  enum Token: Equatable {
    /// A lower-case word, or a capital letter for the name of a letter.
    case word(String)
    /// The pause of a comma, the end of a statement, the end of a question.
    case comma, stop, question
  }

  private(set) var tokens: [Token] = []
  /// The parts of the text that are not read, and why: one clause each.
  private(set) var notices: [String] = []

  init(_ text: String) {
    let markup = Markup(text)
    let folded = UnicodeFolding.fold(markup.text)
    let lexemes = Lexemes(folded.text)
    var unread: [String] = []
    var index = 0
    while index < lexemes.count {
      let lexeme = lexemes[index]
      if lexeme.space == .paragraph { append(.stop) }
      if let reading = Rules.reading(lexemes, at: index) {
        for token in reading.tokens { append(token) }
        if let symbol = reading.unread { unread.append(symbol) }
        index = max(index + 1, reading.end)
      } else {
        if !Symbols.isSilent(lexeme) { unread.append(lexeme.text) }
        index += 1
      }
    }
    if !tokens.isEmpty { append(.stop) }
    notices = Self.notices(tags: markup.tags, symbols: unread)
    notices += [Self.notice("the words", folded.transliterated)].compactMap(\.self).map {
      "\($0) are read in Latin letters"
    }
  }

  /// The notices about tags and symbols.
  static func notices(tags: [String], symbols: [String] = []) -> [String] {
    [notice("the tags", tags), notice("the symbols", symbols)].compactMap(\.self).map { "\($0) are not read" }
  }

  /// The first few distinct items after their name, or nil without items.
  private static func notice(_ name: String, _ items: [String]) -> String? {
    var distinct: [String] = []
    for item in items where distinct.count <= 8 && !distinct.contains(item) { distinct.append(item) }
    guard !distinct.isEmpty else { return nil }
    let list = distinct.prefix(8).map { "'\($0.prefix(40))'" }.joined(separator: ", ")
    return "\(name) \(list)\(distinct.count > 8 ? " and others" : "")"
  }

  private mutating func append(_ token: Token) {
    if case .word = token {
      tokens.append(token)
      return
    }
    // Of several consecutive boundaries the strongest applies.
    switch tokens.last {
    case .word: tokens.append(token)
    case .comma where token != .comma: tokens[tokens.count - 1] = token
    case .stop where token == .question: tokens[tokens.count - 1] = token
    default: break
    }
  }
}

/// How a rule reads lexemes: the tokens, and the index after the last lexeme that is read.
struct Reading: Equatable {
  var tokens: [Normalizer.Token]
  var end: Int
  /// A symbol that is passed over, for a notice.
  var unread: String?

  /// Creates a reading from words; "," and "." stand for boundaries, and a word can be several.
  init(_ words: [String], end: Int) {
    tokens = words.flatMap { $0.split(separator: " ") }.map { word in
      switch word {
      case ",": .comma
      case ".": .stop
      default: .word(String(word))
      }
    }
    self.end = end
  }

  init(_ words: String, end: Int) { self.init([words], end: end) }

  /// The same reading with the end of a sentence after it.
  func endingSentence(_ ends: Bool) -> Reading {
    var reading = self
    if ends { reading.tokens.append(.stop) }
    return reading
  }
}

/// The rules of verbalization, by the kind of the first lexeme, in the order in which they are tried.
enum Rules {
  typealias Rule = @Sendable (Lexemes, Int) -> Reading?

  static func reading(_ text: Lexemes, at index: Int) -> Reading? {
    let rules =
      switch text[index].kind {
      case .digits: digits
      case .letters: letters
      case .mark: marks
      case .end: [Rule]()
      }
    for rule in rules { if let reading = rule(text, index) { return reading } }
    return nil
  }

  private static let digits: [Rule] = [
    InternetNames.read, Telephone.read, Dates.readNumeric, Times.read, Verses.readBook, Ratios.read,
    NumberGroups.read, Dates.readDayFirst, NumberForms.readOrdinal, NumberForms.readDecade,
    NumberForms.readCode, Measures.readFeetAndInches, Fractions.readSlashed, Measures.read,
  ]
  private static let letters: [Rule] = [
    InternetNames.read, Measures.readUnit, Measures.readProductSign, Telephone.readExchange, Verses.read,
    Abbreviations.readDotted,
    Money.readCode, States.read,
    Dates.readMonth, Abbreviations.read, Titles.read, RomanNumerals.read, Acronyms.readAlphanumeric,
    Acronyms.readAmpersand, LetterNames.readLetter, Words.read,
  ]
  private static let marks: [Rule] = [
    Symbols.readEmoticon, InternetNames.readPath, Symbols.readOperator, Telephone.read, Money.read,
    NumberForms.readSign, NumberForms.readDecade,
    Measures.readProductSign, Measures.readDecimal, Ranges.read, Words.readClipped, Symbols.readHash,
    Symbols.readExponent,
    Symbols.readSlash, Symbols.readMark,
  ]
}
