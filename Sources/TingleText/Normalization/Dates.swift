/// Verbalizes dates, read in the American order: "december twenty fifth, twenty twenty four".
enum Dates {
  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
  private static let monthAbbreviations = [
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
  ]
  private static let weekdays = [
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
  ]
  /// Months, weekdays, and their abbreviations.
  static let calendarNames = Set(months).union(monthAbbreviations.keys).union(weekdays.keys).union(
    weekdays.values)

  /// Reads a date in figures: 12/25/2024, 2024-12-25, 25.12.2024.
  ///
  /// Four digits first are a year. Otherwise the month comes first with slashes and hyphens and the day with
  /// full stops, unless the month would be above 12. Years of two digits are 1950 to 2049.
  static let readNumeric: Rules.Rule = { text, index in
    guard !(text[index].isJoined && text[index - 1].isMark("/.-")) else { return nil }
    let separator = text[index + 1]
    guard separator.isMark("/.-"), separator.isJoined, text[index + 2].isJoined, text[index + 3].isJoined,
      text[index + 3].text == separator.text, text[index + 4].isJoined,
      !(text[index + 5].isMark(separator.text) && text[index + 5].isJoined && text[index + 6].isDigits),
      let a = text[index].value, let b = text[index + 2].value, let c = text[index + 4].value
    else { return nil }
    let counts = [0, 2, 4].map { text[index + $0].text.count }
    let (year, month, day): (Int, Int, Int)
    if counts[0] == 4, counts[1] <= 2, counts[2] <= 2 {
      (year, month, day) = (a, b, c)
    } else {
      let hasLongYear = counts[2] == 4
      // Two digits each, and with full stops or hyphens also a day that no version number has.
      guard counts[0] <= 2, counts[1] <= 2,
        hasLongYear || counts[2] == 2 && (separator.text == "/" || counts[0] == 2 && counts[1] == 2)
      else { return nil }
      year = hasLongYear ? c : c < 50 ? 2000 + c : 1900 + c
      let dayFirst = separator.text == "." ? b <= 12 : a > 12
      (month, day) = dayFirst ? (b, a) : (a, b)
    }
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    // The "T" between the date and the time of ISO 8601.
    let hasTime = text[index + 5].text == "T" && text[index + 5].isJoined && text[index + 6].isDigits
    return Reading(
      [months[month - 1]] + Numbers.ordinal(day) + [","] + Numbers.year(year) + (hasTime ? ["at"] : []),
      end: index + (hasTime ? 6 : 5))
  }

  /// The month that a lexeme names, and the index after it and its full stop.
  private static func month(_ text: Lexemes, at index: Int) -> (name: String, end: Int, isShort: Bool)? {
    let lexeme = text[index]
    guard lexeme.isLetters, lexeme.isCapitalized || months.contains(lexeme.lowercased) else { return nil }
    if months.contains(lexeme.lowercased) { return (lexeme.lowercased, index + 1, false) }
    guard let number = monthAbbreviations[lexeme.lowercased] else { return nil }
    let hasStop = text[index + 1].isMark(".") && text[index + 1].isJoined
    return (months[number - 1], index + (hasStop ? 2 : 1), true)
  }

  /// Reads a month with its day and year: "Dec. 25, 2024", "Jan 3rd", "May 5-7", "Sept. 2024".
  static let readMonth: Rules.Rule = { text, index in
    guard let month = month(text, at: index) else { return readWeekday(text, index) }
    let hasStop = month.isShort && month.end == index + 2
    guard text[index].isCapitalized, text[month.end].space != .paragraph, let value = text[month.end].value
    else {
      // "may" and "march" are words, as is "Mar" without its full stop.
      guard month.isShort, hasStop || isRange(text, index) else { return nil }
      return Reading(month.name, end: month.end).endingSentence(
        hasStop && SentenceEnds.isEnd(text, at: month.end))
    }
    if text[month.end].text.count == 4 {
      return Reading([month.name] + Numbers.year(value), end: month.end + 1)
    }
    guard (1...31).contains(value) else { return nil }
    var (words, end) = ([month.name] + Numbers.ordinal(value), dayEnd(text, month.end))
    if text[end].isMark("-–"), text[end + 1].space == text[end].space, let last = text[end + 1].value,
      last <= 31
    {
      words += ["to"] + Numbers.ordinal(last)
      end = dayEnd(text, end + 1)
    }
    return year(text, after: words, end)
  }

  /// Reads "25 December 2024" and "the 25th of December": "the twenty fifth of december".
  static let readDayFirst: Rules.Rule = { text, index in
    guard let day = text[index].value, (1...31).contains(day), text[index].text.count <= 2 else { return nil }
    var end = dayEnd(text, index)
    let isOrdinal = end > index + 1
    // German and Scandinavian texts write "25. December".
    if text[end].isMark("."), text[end].isJoined { end += 1 }
    if text[end].lowercased == "of", isOrdinal { end += 1 }
    guard let month = month(text, at: end), text[end].isCapitalized, text[end].space == .space,
      isOrdinal || month.name != "may" && month.name != "march" || text[month.end].isDigits
        || text[month.end].kind != .letters
    else { return nil }
    let the = text[index - 1].lowercased == "the" ? [] : ["the"]
    let words = the + Numbers.ordinal(day) + ["of", month.name]
    let isEnd =
      month.isShort && month.end > end + 1 && !text[month.end].isDigits
      && SentenceEnds.isEnd(text, at: month.end)
    return year(text, after: words, month.end).endingSentence(isEnd)
  }

  private static func dayEnd(_ text: Lexemes, _ index: Int) -> Int {
    let suffix = text[index + 1]
    return index + (suffix.isJoined && ["st", "nd", "rd", "th"].contains(suffix.lowercased) ? 2 : 1)
  }

  /// Adds the year that follows a date, with or without a comma.
  private static func year(_ text: Lexemes, after words: [String], _ end: Int) -> Reading {
    let next = text[end].isMark(",") ? end + 1 : end
    guard text[next].space == .space, text[next].text.count == 4, let year = text[next].value,
      (1000...2999).contains(year)
    else { return Reading(words, end: end) }
    return Reading(words + [","] + Numbers.year(year), end: next + 1)
  }

  /// Reads an abbreviated weekday in a range or before a comma or date: "Mon-Fri", "Sat, Dec. 25".
  private static func readWeekday(_ text: Lexemes, _ index: Int) -> Reading? {
    guard text[index].isCapitalized, let name = weekdays[text[index].lowercased] else { return nil }
    let next = text[index + 1]
    if isRange(text, index) { return Reading(name, end: index + 1) }
    let contexts: Set = ["on", "every", "next", "last", "this", "each", "and", "or", "by", "until"]
    if next.isMark("."), next.isJoined, contexts.contains(text[index - 1].lowercased) {
      return Reading(name, end: index + 2).endingSentence(SentenceEnds.isEnd(text, at: index + 2))
    }
    let stop = next.isMark(".") && next.isJoined ? index + 2 : index + 1
    let following = text[stop].isMark(",") ? stop + 1 : stop
    if month(text, at: following) != nil || text[stop].isDigits && text[stop].space == .space {
      return Reading(name, end: stop)
    }
    return nil
  }

  private static func isRange(_ text: Lexemes, _ index: Int) -> Bool {
    text[index + 1].isMark("-–/") && calendarNames.contains(text[index + 2].lowercased)
      || text[index - 1].isMark("-–/") && calendarNames.contains(text[index - 2].lowercased)
  }
}
