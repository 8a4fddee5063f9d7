/// Text normalization: written text -> spoken words, and the prosodic boundaries between them.
///
/// Numbers, abbreviations and symbols become words; acronyms become the names of their letters.
struct Normalizer {
  /// A lower-case word, or a boundary.
  enum Token: Equatable {
    case word(String)
    /// The pause of a comma, the end of a statement, the end of a question.
    case comma, stop, question
  }

  private(set) var tokens: [Token] = []

  init(_ text: String) {
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let pieces = line.split(whereSeparator: \.isWhitespace)
      // A blank line ends a sentence; a single line break does not.
      if pieces.isEmpty { appendBoundary(.stop) }
      for piece in pieces { read(piece) }
    }
    if !tokens.isEmpty { appendBoundary(.stop) }
  }

  /// Abbreviations whose full stop does not end a sentence.
  private static let abbreviations = [
    "mr.": "mister", "mrs.": "missus", "ms.": "miz", "dr.": "doctor", "st.": "saint", "prof.": "professor",
    "vs.": "versus", "etc.": "et cetera", "e.g.": "for example", "i.e.": "that is",
    "approx.": "approximately",
    "min.": "minutes", "sec.": "seconds", "no.": "number", "a.m.": "a m", "p.m.": "p m",
  ]
  private static let symbols: [Character: String] = [
    "&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals", "°": "degrees", "€": "euros",
    "£": "pounds", "$": "dollars", "#": "number",
  ]

  private mutating func appendBoundary(_ token: Token) {
    // Of several consecutive boundaries the strongest applies.
    switch tokens.last {
    case .word: tokens.append(token)
    case .comma where token != .comma: tokens[tokens.count - 1] = token
    default: break
    }
  }

  private mutating func append(_ words: [String]) {
    tokens += words.flatMap { $0.split(separator: " ") }.map { .word(String($0)) }
  }

  /// Reads a piece of text without white space.
  private mutating func read(_ piece: Substring) {
    if let full = Self.abbreviations[piece.lowercased()] { return append([full]) }
    var remaining = piece
    while let first = remaining.first {
      if first.isNumber, first.isASCII {
        remaining = readNumber(remaining)
      } else if first.isLetter {
        let end = remaining.firstIndex { !($0.isLetter || Self.isApostrophe($0)) } ?? remaining.endIndex
        readWord(remaining[..<end])
        remaining = remaining[end...]
      } else {
        remaining = readSymbol(remaining)
      }
    }
  }

  private static func isApostrophe(_ character: Character) -> Bool {
    character == "'" || character == "\u{2019}"
  }

  private mutating func readWord(_ written: Substring) {
    // Letters with diacritics are replaced by their base letters.
    let plain = written.unicodeScalars.compactMap { scalar -> Character? in
      if scalar == "\u{2019}" { return "'" }
      if scalar.isASCII { return Character(scalar) }
      return Self.baseLetters[Character(String(scalar).lowercased())]
    }
    var word = String(plain).lowercased()
    while word.hasSuffix("'") { word.removeLast() }
    while word.hasPrefix("'"), Lexicon.phonemes(of: word) == nil { word.removeFirst() }
    guard !word.isEmpty else { return }
    let isCapitals = written.count > 1 && written.allSatisfy { $0.isUppercase }
    // Unknown words of up to four capitals, and words without a vowel letter, are spelled out.
    let isPronounceable = word.contains { "aeiouy".contains($0) }
    if Lexicon.phonemes(of: word) == nil, isCapitals && written.count <= 4 || !isPronounceable {
      append(word.filter(\.isLetter).map { Self.letterNames[$0] ?? String($0) })
    } else {
      append([word])
    }
  }

  /// Reads a number with its suffix: 7:30, 3.5, 1,000, 21st, 50%.
  /// - Returns: the text after it.
  private mutating func readNumber(_ text: Substring) -> Substring {
    let end =
      text.firstIndex { !($0.isASCII && $0.isNumber || $0 == "," || $0 == "." || $0 == ":") } ?? text.endIndex
    var digits = text[..<end]
    while let last = digits.last, !last.isNumber { digits.removeLast() }
    var remaining = text[digits.endIndex...]

    if digits.contains(":") {
      let parts = digits.split(separator: ":")
      for (k, part) in parts.enumerated() {
        guard let value = Int(part), value < 100 else { continue }
        if k == 0 || value >= 10 {
          append(Numbers.cardinal(value))
        } else if value > 0 {
          append(["oh"] + Numbers.cardinal(value))
        }
      }
      if parts.count == 2, parts[1] == "00", !remaining.lowercased().hasPrefix("am") { append(["o'clock"]) }
      return remaining
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: true)
    let integer = parts[0].filter(\.isNumber)
    for (suffix, isOrdinal) in [("st", true), ("nd", true), ("rd", true), ("th", true), ("s", false)] {
      let tail = remaining.prefix { $0.isLetter }
      if parts.count == 1, tail.lowercased() == suffix, let value = Int(integer) {
        let words =
          isOrdinal
          ? Numbers.ordinal(value)
          : (1000...2100).contains(value) ? Numbers.year(value) : Numbers.cardinal(value)
        append(isOrdinal ? words : words.dropLast() + [plural(words.last!)])
        return remaining[tail.endIndex...]
      }
    }
    if integer.count > 15 || integer.hasPrefix("0") && integer.count > 1 {
      append(Numbers.digits(Substring(integer)))
    } else if let value = Int(integer) {
      let isYear = parts.count == 1 && !digits.contains(",") && (1100...2099).contains(value)
      append(isYear ? Numbers.year(value) : Numbers.cardinal(value))
    }
    for fraction in parts.dropFirst() { append(["point"] + Numbers.digits(fraction)) }
    if remaining.first == "%" {
      append(["percent"])
      remaining.removeFirst()
    }
    return remaining
  }

  private func plural(_ word: String) -> String {
    word.hasSuffix("y") ? word.dropLast() + "ies" : word.hasSuffix("x") ? word + "es" : word + "s"
  }

  /// Reads a punctuation mark or symbol; a currency symbol together with its amount.
  /// - Returns: the text after it.
  private mutating func readSymbol(_ text: Substring) -> Substring {
    let symbol = text.first!
    let remaining = text.dropFirst()
    switch symbol {
    case ".", "!", "\u{2026}": appendBoundary(.stop)
    case "?": appendBoundary(.question)
    case ",", ";", ":", "\u{2014}", "\u{2013}", "(", ")": appendBoundary(.comma)
    case "-": if remaining.isEmpty { appendBoundary(.comma) }
    case "$", "€", "£":
      // The amount is spoken before the currency.
      guard remaining.first?.isNumber == true else { break }
      let end = readNumber(remaining)
      append([Self.symbols[symbol]!])
      return end
    default: if let name = Self.symbols[symbol] { append([name]) }
    }
    return remaining
  }

  private static let letterNames: [Character: String] = [
    "a": "ay", "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "eff", "g": "jee", "h": "aitch",
    "i": "eye",
    "j": "jay", "k": "kay", "l": "ell", "m": "em", "n": "en", "o": "oh", "p": "pea", "q": "cue", "r": "are",
    "s": "ess", "t": "tea", "u": "you", "v": "vee", "w": "double you", "x": "ex", "y": "why", "z": "zee",
  ]
  private static let baseLetters: [Character: Character] = [
    "á": "a", "à": "a", "â": "a", "ä": "a", "ã": "a", "å": "a", "ç": "c", "é": "e", "è": "e", "ê": "e",
    "ë": "e",
    "í": "i", "ì": "i", "î": "i", "ï": "i", "ñ": "n", "ó": "o", "ò": "o", "ô": "o", "ö": "o", "õ": "o",
    "ø": "o",
    "ú": "u", "ù": "u", "û": "u", "ü": "u", "ý": "y", "ÿ": "y", "ß": "s", "æ": "e", "œ": "e",
  ]
}
