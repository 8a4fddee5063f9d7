/// Verbalizes punctuation marks and symbols.
enum Symbols {
  /// The name of a symbol that is read wherever it stands.
  static func name(of symbol: String) -> String? { names[symbol] }

  private static let names = [
    "&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals", "°": "degrees", "€": "euros",
    "£": "pounds",
    "$": "dollars", "¥": "yen", "₹": "rupees", "¢": "cents", "#": "number", "×": "times", "÷": "divided by",
    "±": "plus or minus", "−": "minus", "≈": "approximately", "≠": "does not equal",
    "≤": "less than or equal to",
    "≥": "greater than or equal to", "<": "less than", ">": "greater than", "√": "the square root of",
    "∞": "infinity", "→": "to", "§": "section", "‰": "per thousand", "©": "copyright", "∑": "sum",
    "∆": "delta",
    "≡": "is identical to", "∈": "in", "¶": "paragraph", "⁄": "over", "⇒": "implies", "↔": "to and from",
    "♥": "heart",
    "℞": "prescription", "∂": "partial", "∫": "the integral of", "∴": "therefore", "^": "caret",
    "\\": "backslash",
    "♯": "sharp", "♭": "flat",
  ]
  private static let boundaries: [String: Normalizer.Token] = [
    ".": .stop, "!": .stop, "?": .question, ",": .comma, ";": .comma, ":": .comma, "—": .comma, "–": .comma,
    "(": .comma, ")": .comma, "[": .comma, "]": .comma, "|": .comma, "•": .comma, "·": .comma, "؟": .question,
    "،": .comma, "؛": .comma, "।": .stop, "‼": .stop, "⁇": .question, "⁈": .question, "⁉": .question,
    "∙": .comma,
    "…": .stop, "‒": .comma, "―": .comma,
  ]
  private static let silent: Set = [
    "\"", "'", "*", "_", "`", "{", "}", "¡", "¿", "-", "~", "†", "‡", "/", "¯", "¨", "¸", "\u{FE0F}", "′",
    "″", "´",
  ]

  /// Whether a mark is left out without notice: quotation marks, and the tone of an emoji.
  static func isSilent(_ lexeme: Lexeme) -> Bool {
    silent.contains(lexeme.text) || lexeme.text.unicodeScalars.allSatisfy { 0x1F3FB...0x1F3FF ~= $0.value }
  }

  /// Reads a mark: the boundary that it is, or its name.
  static let readMark: Rules.Rule = { text, index in
    let mark = text[index]
    if mark.isMark("*-–~_^\\<>") { return readAmbiguous(text, index) }
    if let boundary = boundaries[mark.text] {
      var reading = Reading("", end: index + 1)
      reading.tokens = [boundary]
      // An abbreviation's full stop that stands apart, as in "A . B", ends a sentence like any other.
      return reading
    }
    if mark.text == "$" || mark.text == "@" && text[index - 1].kind == .end, text[index + 1].kind == .end {
      return nil
    }
    if let name = names[mark.text] { return Reading(name, end: index + 1) }
    return isSilent(mark) ? Reading("", end: index + 1) : nil
  }

  /// Reads marks that are operators between numbers, parts of a name, or punctuation.
  private static func readAmbiguous(_ text: Lexemes, _ index: Int) -> Reading? {
    let (previous, mark, next) = (text[index - 1], text[index], text[index + 1])
    let isBetweenNumbers = previous.isDigits && next.isDigits && next.space == mark.space
    switch mark.text {
    case "*": return Reading(isBetweenNumbers ? "times" : "", end: index + 1)
    case "–", "-":
      if isBetweenNumbers, !mark.isJoined { return Reading("minus", end: index + 1) }
      // A hyphen or dash with spaces, or two hyphens, are a pause; within a word a hyphen is silent.
      if mark.text == "-", mark.isJoined, next.isJoined, !next.isMark("-"), !previous.isMark("-") {
        return Reading("", end: index + 1)
      }
      if mark.text == "-", !mark.isJoined, next.isJoined, next.isLetters || next.isDigits {
        return Reading("", end: index + 1)
      }
      return Reading(mark.space == .paragraph ? "" : ",", end: index + 1)
    case "_": return Reading(mark.isJoined && next.isJoined ? "underscore" : "", end: index + 1)
    case "~": return Reading(next.isDigits ? "about" : "", end: index + 1)
    case "\\": return Reading(next.isJoined ? "backslash" : "", end: index + 1)
    case "<", ">":
      let name = names[mark.text] ?? ""
      let isComparison = next.isMark("=") && next.isJoined
      return Reading(isComparison ? "\(name) or equal to" : name, end: isComparison ? index + 2 : index + 1)
    default: return names[mark.text].map { Reading($0, end: index + 1) }
    }
  }

  /// Reads operators of several marks between spaces: "!=", "->", ">=".
  static let readOperator: Rules.Rule = { text, index in
    guard !text[index].isJoined, text[index].isMark("!-=<>+"), text[index + 1].isJoined else { return nil }
    var end = index + 2
    while text[end].isJoined, end < index + 3 { end += 1 }
    guard !text[end].isJoined, text[end].kind != .end else { return nil }
    let written = (index..<end).map { text[$0].text }.joined()
    return operators[written].map { Reading($0, end: end) }
  }

  private static let operators = [
    "!=": "does not equal", "==": "equals", "->": "to", "=>": "to", "<-": "from",
    ">=": "greater than or equal to",
    "<=": "less than or equal to", "+/-": "plus or minus", "<->": "to and from",
  ]

  /// Reads "#1" as "number one" and "#relax" as "hashtag relax".
  static let readHash: Rules.Rule = { text, index in
    guard text[index].isMark("#"), text[index + 1].isJoined else { return nil }
    if text[index + 1].isDigits { return Reading("number", end: index + 1) }
    return text[index + 1].isLetters ? Reading("hashtag", end: index + 1) : nil
  }

  /// Reads an exponent: 10^6 is "ten to the sixth", x² "x squared".
  static let readExponent: Rules.Rule = { text, index in
    guard text[index].isMark("^"), text[index + 1].isJoined else { return nil }
    let isNegative = text[index + 1].isMark("-−+")
    let number = isNegative ? index + 2 : index + 1
    guard let value = text[number].value, text[number].isJoined else {
      if isNegative { return Reading(text[index + 1].isMark("+") ? "plus" : "minus", end: number) }
      guard text[number].isLetters, text[number].isJoined else { return nil }
      return Reading("to the", end: number)
    }
    if isNegative {
      let sign = text[index + 1].isMark("+") ? "plus" : "minus"
      return Reading(["to the", sign] + Numbers.cardinal(value), end: number + 1)
    }
    switch value {
    case 2: return Reading("squared", end: number + 1)
    case 3: return Reading("cubed", end: number + 1)
    default: return Reading(["to the"] + Numbers.ordinal(value), end: number + 1)
    }
  }

  /// Reads a slash: "per" in "$5/month", "or" in "he/she", nothing in "and/or" and "I/O", else "slash".
  static let readSlash: Rules.Rule = { text, index in
    guard text[index].isMark("/") else { return nil }
    let (previous, next) = (text[index - 1], text[index + 1])
    guard previous.kind != .end, next.space != .paragraph else { return Reading("", end: index + 1) }
    if let noun = rates[next.lowercased], !previous.isInitial, next.space != .paragraph,
      (1...6).contains(where: { text[index - $0].isDigits })
    {
      return Reading("per \(noun)", end: index + 2)
    }
    if previous.isDigits, next.isDigits, !text[index].isJoined {
      return Reading("divided by", end: index + 1)
    }
    // "4.5/5".
    if previous.isDigits, previous.isJoined, text[index - 2].isMark("."), next.isDigits {
      return Reading("out of", end: index + 1)
    }
    if previous.text.count == 1, next.text.count == 1, previous.isLetters, next.isLetters {
      return Reading("", end: index + 1)
    }
    let pair = "\(previous.lowercased)/\(next.lowercased)"
    if pair == "and/or" { return Reading("", end: index + 1) }
    let isChoice =
      choices.contains(previous.lowercased) && next.isLetters || pair == "yes/no" || pair == "s/he"
    if isChoice { return Reading("or", end: index + 1) }
    return Reading(previous.isLetters || previous.isDigits ? "slash" : "", end: index + 1)
  }

  private static let choices: Set = [
    "he", "she", "his", "her", "him", "hers", "mom", "dad", "on", "true", "male", "day",
  ]
  private static let rates = [
    "h": "hour", "hr": "hour", "hour": "hour", "day": "day", "d": "day", "wk": "week", "week": "week",
    "mo": "month",
    "month": "month", "yr": "year", "year": "year", "min": "minute", "minute": "minute", "s": "second",
    "sec": "second",
    "second": "second", "night": "night", "person": "person", "kg": "kilogram", "lb": "pound", "oz": "ounce",
    "mile": "mile", "gallon": "gallon", "gal": "gallon", "cup": "cup", "serving": "serving", "user": "user",
    "each": "each", "piece": "piece", "item": "item", "page": "page", "word": "word", "liter": "liter",
    "l": "liter",
    "unit": "unit", "session": "session", "hectare": "hectare", "cm": "centimeter", "m": "meter",
    "km": "kilometer",
    "ft": "foot", "student": "student", "ticket": "ticket", "room": "room", "meter": "meter", "acre": "acre",
  ]

  /// Passes over an emoticon that stands alone: ":)", ";-)", "<3".
  static let readEmoticon: Rules.Rule = { text, index in
    guard !text[index].isJoined, text[index].isMark(":;<=^>-T") else { return nil }
    var end = index + 1
    while text[end].isJoined, end < index + 4 { end += 1 }
    while end > index + 1 {
      let written = (index..<end).map { text[$0].text }.joined()
      if emoticons.contains(written), !text[end].isJoined || text[end].isMark(".,!?)") {
        var reading = Reading("", end: end)
        reading.unread = written
        return reading
      }
      end -= 1
    }
    return nil
  }

  private static let emoticons: Set = [
    ":)", ":-)", ":(", ":-(", ";)", ";-)", ":D", ":-D", ":P", ":-P", ":p", ":-p", ":o", ":O", ":-O", ":3",
    "<3", "=)",
    "^_^", "-_-", ":*", ":-*", ":/", ":-/", ":'(", ">_<", "^^", ":|", ":]", "</3",
  ]
}
