/// Verbalizes numbers that are not quantities: ordinals, decades, signs, room numbers and postal codes.
enum NumberForms {
  /// Reads "1st", "22nd", "3rd", "100th".
  static let readOrdinal: Rules.Rule = { text, index in
    guard let numeral = Numeral(text, at: index), numeral.isInteger, let value = numeral.value,
      text[numeral.end].isJoined, ["st", "nd", "rd", "th"].contains(text[numeral.end].lowercased)
    else { return nil }
    return Reading(Numbers.ordinal(value), end: numeral.end + 1)
  }

  /// Reads "1990s", "1980's", "90s", "'90s" and "'05".
  ///
  /// Tens from 20 are decades ("nineties"); other numbers with "s" are seconds or plurals.
  static let readDecade: Rules.Rule = { text, index in
    let isShort = text[index].isMark("'")
    let number = isShort ? index + 1 : index
    guard let value = text[number].value, !isShort || text[number].isJoined && text[number].text.count == 2
    else { return nil }
    if isShort, text[index].isJoined, text[index - 1].isDigits { return nil }
    var end = number + 1
    if text[end].isMark("'"), text[end].isJoined, text[end + 1].text == "s" { end += 1 }
    let isPlural = text[end].text == "s" && text[end].isJoined
    guard isPlural else { return isShort ? Reading(Numbers.pair(value), end: number + 1) : nil }
    let isDecade = value % 10 == 0 && (20...90).contains(value)
    let isYear = text[number].text.count == 4
    // "hold for 30s": seconds.
    if isDecade, !isShort, end == number + 1, durations.contains(text[index - 1].lowercased) { return nil }
    guard isShort || isDecade || isYear || end > number + 1 || value < 2 else { return nil }
    let words = isYear && Numbers.isYear(value) ? Numbers.year(value) : Numbers.cardinal(value)
    return Reading(Numbers.plural(words), end: end + 1)
  }

  private static let durations: Set = [
    "for", "every", "after", "wait", "rest", "hold", "within", "least", "than", "about", "another", "takes",
    "took",
  ]

  /// Reads a sign before a number: "-5", "−5 °C", "+3", "±2". A hyphen after a word or number is none.
  static let readSign: Rules.Rule = { text, index in
    guard text[index].isMark("-−–+±~"), text[index + 1].isJoined else { return nil }
    let operand = text[index + 1]
    let isNumber = operand.isDigits || operand.isMark("$£€¥.") && (text[index + 2].isDigits)
    let isTimeZone = ["UTC", "GMT"].contains(text[index - 1].text)
    guard isNumber, !text[index].isJoined || isTimeZone || text[index - 1].isMark("(=*/×÷<>^[\"'") else {
      return nil
    }
    switch text[index].text {
    case "+": return Reading("plus", end: index + 1)
    case "±": return Reading("plus or minus", end: index + 1)
    case "~": return Reading("about", end: index + 1)
    default: return Reading("minus", end: index + 1)
    }
  }

  /// Reads numbers that are identifiers: "Room 101", "Flight 815", "call 911", "CA 90210", "0600 hours",
  /// "1080p".
  static let readCode: Rules.Rule = { text, index in
    let lexeme = text[index]
    let previous = text[index - 1]
    let after = text[index + 1]
    guard let value = lexeme.value,
      !(after.isMark(".,") && after.isJoined && text[index + 2].isDigits && text[index + 2].isJoined)
    else { return nil }
    if lexeme.text.count == 3, value % 100 > 0, value >= 100 {
      if ["call", "dial", "phone", "text", "calling", "called"].contains(previous.lowercased),
        !after.isMark("-")
      {
        return Reading(Numbers.digits(lexeme.text), end: index + 1)
      }
      if numbered.contains(previous.lowercased) {
        return Reading(Numbers.cardinal(value / 100) + Numbers.pair(value % 100), end: index + 1)
      }
    }
    if ["p", "i"].contains(after.text), after.isJoined, value % 100 > 9, (200..<5000).contains(value) {
      return Reading(Numbers.inPairs(value), end: index + 1)
    }
    // "221B Baker Street".
    if lexeme.text.count == 3, value > 99, value % 100 > 9, after.isInitial, after.isJoined,
      text[index + 2].isCapitalized
    {
      return Reading(Numbers.inPairs(value), end: index + 1)
    }
    if lexeme.text.count == 5, previous.isCapitals, previous.text.count == 2 {
      return Reading(Numbers.digits(lexeme.text), end: index + 1)
    }
    if lexeme.text.count == 4, lexeme.text.first == "0", after.lowercased == "hours", value < 1000 {
      let rest = value % 100 == 0 ? ["hundred"] : Numbers.pair(value % 100)
      return Reading((value < 100 ? ["zero"] : ["oh"] + Numbers.cardinal(value / 100)) + rest, end: index + 1)
    }
    return nil
  }

  /// Nouns whose three-digit numbers are read in a digit and a pair: "room one oh one".
  private static let numbered: Set = [
    "room", "flight", "route", "highway", "interstate", "suite", "apartment", "apt", "boeing", "area", "bus",
    "channel", "locker", "unit", "building", "gate", "model",
  ]
}
