/// Verbalizes numbers as quantities, alone or with a unit: 5 kg, 5-10 minutes, 50%, 3×4, 5'10".
enum Measures {
  /// Abbreviated times after a number in words: "ten sec."
  static let timeAbbreviations = [
    "min": "minutes", "mins": "minutes", "sec": "seconds", "secs": "seconds", "hr": "hours", "hrs": "hours",
    "wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "yr": "years", "yrs": "years",
    "ft": "feet", "in": "inches", "oz": "ounces", "lb": "pounds", "lbs": "pounds",
  ]

  /// Reads a decimal without an integer part, such as ".5".
  static let readDecimal: Rules.Rule = { text, index in
    let previous = text[index - 1]
    guard text[index].isMark("."), !text[index].isJoined || previous.isMark("$£€¥(-−–+±~=<>×\"'") else {
      return nil
    }
    return Numeral(text, at: index) == nil ? nil : read(text, index)
  }

  /// Reads a quantity: a number, a range or a product, then its unit.
  ///
  /// Without a unit, four digits from 1100 to 2099 are read as a year.
  static let read: Rules.Rule = { text, index in
    guard let first = Numeral(text, at: index) else { return nil }
    if let money = Money.readTrailing(text, at: index, first) { return money }
    if let reading = readDecimalComma(text, first) { return reading }
    var (numerals, links, end) = ([first], [String](), first.end)
    if let (second, isDifference) = Ranges.second(text, after: first) {
      numerals.append(second)
      links.append(isDifference ? "minus" : "to")
      end = second.end
      if let money = Money.readTrailing(text, at: index, second, from: first) { return money }
    } else {
      while let factor = factor(text, at: end), numerals.count < 8 {
        numerals.append(factor)
        links.append("by")
        end = factor.end
      }
      if links.first == "by", isProduct(text, first.end, end, numerals) { links = links.map { _ in "times" } }
    }
    func words(_ number: (Numeral) -> [String]) -> [String] {
      numerals.enumerated().flatMap { k, numeral in (k > 0 ? [links[k - 1]] : []) + number(numeral) }
    }
    if numerals.count > 1, let meridiem = Times.meridiem(text, at: end) {
      return Reading(words(\.words) + meridiem.words, end: meridiem.end).endingSentence(meridiem.endsSentence)
    }
    if let suffix = suffix(text, at: end, index, isSingular: numerals.count == 1 && first.isSingular) {
      return Reading(words(\.words) + suffix.words, end: suffix.end).endingSentence(suffix.endsSentence)
    }
    return Reading(words(links.first == "by" ? \.wordsInPairs : \.wordsOrYear), end: end)
  }

  /// Reads a decimal comma, which is one only before a unit or a percent sign: "2,5 kg".
  private static func readDecimalComma(_ text: Lexemes, _ first: Numeral) -> Reading? {
    let decimals = text[first.end + 1]
    guard first.isInteger, !first.isGrouped, text[first.end].isMark(","), text[first.end].isJoined,
      decimals.isDigits, decimals.isJoined, decimals.text.count <= 2,
      let unit = suffix(text, at: first.end + 2, first.end, isSingular: false)
    else { return nil }
    return Reading(first.words + ["point"] + Numbers.digits(decimals.text) + unit.words, end: unit.end)
      .endingSentence(unit.endsSentence)
  }

  /// Reads "x" between two lengths with units as "by": 10 cm x 15 cm, 2" x 4".
  static let readProductSign: Rules.Rule = { text, index in
    let previous = text[index - 1]
    guard text[index].lowercased == "x" || text[index].text == "×", text[index + 1].isDigits,
      previous.isMark("\"'") || Units.isUnit(previous.text), text[index - 2].isDigits
    else { return nil }
    return Reading("by", end: index + 1)
  }

  /// The unit, percent sign or "times" after a number.
  private static func suffix(
    _ text: Lexemes, at end: Int, _ start: Int, isSingular: Bool
  ) -> Units.Suffix? {
    let next = text[end]
    if next.isMark("%"), next.space != .paragraph { return Units.Suffix(words: ["percent"], end: end + 1) }
    if next.isMark("‰") { return Units.Suffix(words: ["per thousand"], end: end + 1) }
    if next.isJoined, next.lowercased == "x" || next.text == "×",
      !text[end + 1].isJoined || text[end + 1].isMark(".,!?)/")
    {
      return Units.Suffix(words: ["times"], end: end + 1)
    }
    if next.isJoined, next.text == "k", (text[end - 1].value ?? 0) >= 10, isNoun(text[end + 1]),
      !["run", "race", "walk", "jog", "video", "resolution"].contains(text[end + 1].lowercased)
    {
      return Units.Suffix(words: ["thousand"], end: end + 1)
    }
    if next.isJoined, next.text == "M" { return Units.Suffix(words: ["million"], end: end + 1) }
    if next.isJoined, next.text == "bn" { return Units.Suffix(words: ["billion"], end: end + 1) }
    // "5-kg bag": a compound adjective.
    if next.isMark("-"), next.isJoined, text[end + 1].isJoined,
      let unit = Units.suffix(text, at: end + 1, isSingular: true),
      !["a", "in", "d"].contains(text[end + 1].text)
    {
      return unit
    }
    guard let unit = Units.suffix(text, at: end, isSingular: isSingular) else { return nil }
    let isAdjective = ["a", "an"].contains(text[start - 1].lowercased) && isNoun(text[unit.end])
    return isAdjective ? Units.suffix(text, at: end, isSingular: true) : unit
  }

  /// Reads a quotient of units without a number: "in km/h", and the scale in "20 degrees C".
  static let readUnit: Rules.Rule = { text, index in
    if text[index - 1].lowercased.hasPrefix("degree"),
      let scale = ["C": "celsius", "F": "fahrenheit"][text[index].text]
    {
      return Reading(scale, end: index + 1)
    }
    guard text[index + 1].isMark("/"), text[index + 1].isJoined,
      ["h", "s", "hr", "min"].contains(text[index + 2].text),
      Units.isUnit(text[index].text), text[index].text.count > 1 || text[index].text == "m",
      let unit = Units.suffix(text, at: index, isSingular: false)
    else { return nil }
    return Reading(unit.words, end: unit.end).endingSentence(unit.endsSentence)
  }

  /// Whether a word after "a 5 km" can be the noun that the unit qualifies.
  static func isNoun(_ lexeme: Lexeme) -> Bool {
    lexeme.isLetters && lexeme.space == .space
      && ![
        "of", "and", "or", "from", "to", "in", "on", "at", "is", "was", "per", "for", "with", "each", "later",
        "ago",
        "but", "away", "by", "than", "if", "when", "as", "so", "that", "a", "an", "the",
      ].contains(lexeme.lowercased)
  }

  /// The second number of a product or size: "3x4", "3 × 4".
  private static func factor(_ text: Lexemes, at index: Int) -> Numeral? {
    let sign = text[index]
    guard sign.lowercased == "x" || sign.text == "×", text[index - 1].text != "0", sign.space != .paragraph,
      text[index + 1].space == sign.space
    else { return nil }
    return Numeral(text, at: index + 1)
  }

  /// Whether "×" multiplies: it does before "=", and otherwise unless a unit follows or both sides are large.
  /// The letter x is "by" unless "=" follows.
  private static func isProduct(_ text: Lexemes, _ sign: Int, _ end: Int, _ numerals: [Numeral]) -> Bool {
    if text[end].isMark("=") { return true }
    let isSize = numerals.count > 2 || numerals.allSatisfy { ($0.value ?? 0) > 99 }
    return text[sign].text == "×" && !isSize && Units.suffix(text, at: end, isSingular: false) == nil
  }

  /// Reads feet and inches: 5'10", 6', 12". A mark that closes a quotation is none.
  static let readFeetAndInches: Rules.Rule = { text, index in
    guard let value = text[index].value, let numeral = Numeral(text, at: index) else { return nil }
    let mark = text[numeral.end]
    guard mark.isJoined else { return nil }
    let next = numeral.end + 1
    if mark.isMark("'"), text[next].isDigits, text[next].space != .paragraph,
      let inches = Numeral(text, at: next)
    {
      var end = inches.end
      if text[end].isMark("\""), text[end].isJoined {
        end += 1
      } else if text[end].isMark("'"), text[end + 1].isMark("'"), text[end].isJoined, text[end + 1].isJoined {
        end += 2
      } else if !text[next].isJoined || inches.value.map({ $0 > 11 }) ?? true {
        return nil
      }
      return Reading(length(numeral, "foot") + length(inches, "inch"), end: end)
    }
    guard mark.isMark("'\""), !(text[next].isJoined && text[next].isLetters), value < 1000,
      !text.isQuoted(numeral.end, by: mark.text)
    else { return nil }
    // "a 12\" ruler", but "6' tall".
    let isAdjective = isNoun(text[next]) && !dimensions.contains(text[next].lowercased)
    let unit = mark.text == "'" ? "foot" : "inch"
    return Reading(isAdjective ? numeral.words + [unit] : length(numeral, unit), end: next)
  }

  private static let dimensions: Set = [
    "tall", "long", "wide", "deep", "high", "thick", "across", "square", "x", "apart",
  ]

  private static func length(_ numeral: Numeral, _ unit: String) -> [String] {
    numeral.words + [numeral.isSingular ? unit : Units.plural(unit)]
  }
}
