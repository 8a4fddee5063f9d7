/// Verbalizes ranges: 5-10 minutes, $5–$10, Mon-Fri, A-Z.
enum Ranges {
  /// The second number of a range, if one follows a number.
  ///
  /// A joined hyphen or dash is "to" ("9-5"); between spaces it is "to" only if the numbers rise, since
  /// "10 - 3" is a difference, as is everything before "=".
  static func second(_ text: Lexemes, after first: Numeral) -> (Numeral, isDifference: Bool)? {
    let dash = text[first.end]
    guard dash.isMark("-–−"), dash.space != .paragraph, text[first.end + 1].space == dash.space,
      let second = Numeral(text, at: first.end + 1)
    else { return nil }
    if isPhrase(text, first.end) { return nil }
    // "10-3-2" and "555-0199" belong to other rules.
    let isEquation = text[second.end].isMark("=≠")
    if isEquation || dash.text == "−" { return (second, true) }
    if dash.isJoined { return (second, false) }
    guard let low = first.value, let high = second.value else { return (second, dash.text == "-") }
    return (second, low >= high)
  }

  /// Whether a hyphen is in "24-7" or "50-50", which are read without "to".
  private static func isPhrase(_ text: Lexemes, _ hyphen: Int) -> Bool {
    let pair = [text[hyphen - 1].text, text[hyphen + 1].text]
    return text[hyphen].isJoined && (pair == ["24", "7"] || pair == ["50", "50"])
  }

  /// Reads the dash between two amounts with units, two weekdays or months, or two letters.
  static let read: Rules.Rule = { text, index in
    guard text[index].isMark("-–—"), text[index].space == text[index + 1].space,
      text[index].space != .paragraph
    else { return nil }
    let (before, after) = (text[index - 1], text[index + 1])
    let isAmount = after.isDigits || after.isMark("$£€¥#'") && text[index + 2].isDigits
    if isAmount, !isPhrase(text, index), isAmountEnd(text, index - 1) { return Reading("to", end: index + 1) }
    if before.isDigits, Dates.calendarNames.contains(after.lowercased), after.isCapitalized,
      (2...3).contains(where: { Dates.calendarNames.contains(text[index - $0].lowercased) })
    {
      return Reading("to", end: index + 1)
    }
    guard before.isLetters, after.isLetters else { return nil }
    if RomanNumerals.joins(text, index) { return Reading("to", end: index + 1) }
    if Dates.calendarNames.contains(before.lowercased), Dates.calendarNames.contains(after.lowercased) {
      return Reading("to", end: index + 1)
    }
    // "A-Z", but not the prefix of "T-X-ray".
    let isLetterRange =
      before.isInitial && after.isInitial && before.text < after.text && text[index].isJoined
    return isLetterRange && !text[index + 2].isMark("-") ? Reading("to", end: index + 1) : nil
  }

  /// Whether the lexeme ends an amount: a number, a unit after one, a currency, a percent sign, an ordinal.
  private static func isAmountEnd(_ text: Lexemes, _ index: Int) -> Bool {
    let lexeme = text[index]
    if lexeme.isDigits || lexeme.isMark("%°€¢£\"'") || ["noon", "midnight"].contains(lexeme.lowercased) {
      return true
    }
    if lexeme.isMark("."), ["m", "am", "pm"].contains(text[index - 1].lowercased) { return true }
    let isSuffix =
      ["am", "pm", "st", "nd", "rd", "th", "s"].contains(lexeme.lowercased) || Units.isUnit(lexeme.text)
    return isSuffix && (text[index - 1].isDigits || text[index - 1].isMark("/"))
      || Dates.calendarNames.contains(text[index - 1].lowercased)
  }
}
