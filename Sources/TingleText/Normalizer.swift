/// Text as it is written, turned into words as they are said and the breaks between them.
struct Normalizer {
  /// A word in small letters, or what stands between words.
  enum Token: Equatable {
    case word(String)
    /// A comma's rest; the end of a statement; the end of a question.
    case comma, stop, question
  }

  private(set) var tokens: [Token] = []

  init(_ text: String) {
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let pieces = line.split(whereSeparator: \.isWhitespace)
      // A blank line ends a sentence, a single line break does not.
      if pieces.isEmpty { end(.stop) }
      for piece in pieces { read(piece) }
    }
    if !tokens.isEmpty { end(.stop) }
  }

  /// Abbreviations whose full stop ends nothing.
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

  private mutating func end(_ token: Token) {
    // Of several breaks in a row the strongest counts.
    switch tokens.last {
    case .word: tokens.append(token)
    case .comma where token != .comma: tokens[tokens.count - 1] = token
    default: break
    }
  }

  private mutating func say(_ words: [String]) {
    tokens += words.flatMap { $0.split(separator: " ") }.map { .word(String($0)) }
  }

  /// A piece of text without white space.
  private mutating func read(_ piece: Substring) {
    if let full = Self.abbreviations[piece.lowercased()] { return say([full]) }
    var rest = piece
    while let first = rest.first {
      if first.isNumber, first.isASCII {
        rest = readNumber(rest)
      } else if first.isLetter {
        let end = rest.firstIndex { !($0.isLetter || Self.isApostrophe($0)) } ?? rest.endIndex
        readWord(rest[..<end])
        rest = rest[end...]
      } else {
        rest = readSign(rest)
      }
    }
  }

  private static func isApostrophe(_ character: Character) -> Bool {
    character == "'" || character == "\u{2019}"
  }

  private mutating func readWord(_ written: Substring) {
    // Letters with marks are read as those without.
    let plain = written.unicodeScalars.compactMap { scalar -> Character? in
      if scalar == "\u{2019}" { return "'" }
      if scalar.isASCII { return Character(scalar) }
      return Self.unmarked[Character(String(scalar).lowercased())]
    }
    var word = String(plain).lowercased()
    while word.hasSuffix("'") { word.removeLast() }
    while word.hasPrefix("'"), Lexicon.sounds(of: word) == nil { word.removeFirst() }
    guard !word.isEmpty else { return }
    let isCapitals = written.count > 1 && written.allSatisfy { $0.isUppercase }
    let isSayable = word.contains { "aeiouy".contains($0) }
    if Lexicon.sounds(of: word) == nil, isCapitals && written.count <= 4 || !isSayable {
      say(word.filter(\.isLetter).map { Self.letterNames[$0] ?? String($0) })
    } else {
      say([word])
    }
  }

  /// A number with what belongs to it: 7:30, 3.5, 1,000, 21st, $5, 50%.
  private mutating func readNumber(_ text: Substring) -> Substring {
    let end =
      text.firstIndex { !($0.isASCII && $0.isNumber || $0 == "," || $0 == "." || $0 == ":") } ?? text.endIndex
    var figures = text[..<end]
    while let last = figures.last, !last.isNumber { figures.removeLast() }
    var rest = text[figures.endIndex...]

    if figures.contains(":") {
      let parts = figures.split(separator: ":")
      for (k, part) in parts.enumerated() {
        guard let value = Int(part), value < 100 else { continue }
        if k == 0 || value >= 10 {
          say(Numbers.cardinal(value))
        } else if value > 0 {
          say(["oh"] + Numbers.cardinal(value))
        }
      }
      if parts.count == 2, parts[1] == "00", !rest.lowercased().hasPrefix("am") { say(["o'clock"]) }
      return rest
    }
    let parts = figures.split(separator: ".", omittingEmptySubsequences: true)
    let whole = parts[0].filter(\.isNumber)
    for (suffix, isRank) in [("st", true), ("nd", true), ("rd", true), ("th", true), ("s", false)] {
      let tail = rest.prefix { $0.isLetter }
      if parts.count == 1, tail.lowercased() == suffix, let value = Int(whole) {
        let words =
          isRank
          ? Numbers.ordinal(value)
          : (1000...2100).contains(value) ? Numbers.year(value) : Numbers.cardinal(value)
        say(isRank ? words : words.dropLast() + [plural(words.last!)])
        return rest[tail.endIndex...]
      }
    }
    if whole.count > 15 || whole.hasPrefix("0") && whole.count > 1 {
      say(Numbers.digits(Substring(whole)))
    } else if let value = Int(whole) {
      let isYear = parts.count == 1 && !figures.contains(",") && (1100...2099).contains(value)
      say(isYear ? Numbers.year(value) : Numbers.cardinal(value))
    }
    for fraction in parts.dropFirst() { say(["point"] + Numbers.digits(fraction)) }
    if rest.first == "%" {
      say(["percent"])
      rest.removeFirst()
    }
    return rest
  }

  private func plural(_ word: String) -> String {
    word.hasSuffix("y") ? word.dropLast() + "ies" : word.hasSuffix("x") ? word + "es" : word + "s"
  }

  private mutating func readSign(_ text: Substring) -> Substring {
    let sign = text.first!
    let rest = text.dropFirst()
    switch sign {
    case ".", "!", "\u{2026}": end(.stop)
    case "?": end(.question)
    case ",", ";", ":", "\u{2014}", "\u{2013}", "(", ")": end(.comma)
    case "-": if rest.isEmpty { end(.comma) }
    case "$", "€", "£":
      // The sum comes first.
      guard rest.first?.isNumber == true else { break }
      let after = readNumber(rest)
      say([Self.symbols[sign]!])
      return after
    default: if let name = Self.symbols[sign] { say([name]) }
    }
    return rest
  }

  private static let letterNames: [Character: String] = [
    "a": "ay", "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "eff", "g": "jee", "h": "aitch",
    "i": "eye",
    "j": "jay", "k": "kay", "l": "ell", "m": "em", "n": "en", "o": "oh", "p": "pea", "q": "cue", "r": "are",
    "s": "ess", "t": "tea", "u": "you", "v": "vee", "w": "double you", "x": "ex", "y": "why", "z": "zee",
  ]
  private static let unmarked: [Character: Character] = [
    "á": "a", "à": "a", "â": "a", "ä": "a", "ã": "a", "å": "a", "ç": "c", "é": "e", "è": "e", "ê": "e",
    "ë": "e",
    "í": "i", "ì": "i", "î": "i", "ï": "i", "ñ": "n", "ó": "o", "ò": "o", "ô": "o", "ö": "o", "õ": "o",
    "ø": "o",
    "ú": "u", "ù": "u", "û": "u", "ü": "u", "ý": "y", "ÿ": "y", "ß": "s", "æ": "e", "œ": "e",
  ]
}
