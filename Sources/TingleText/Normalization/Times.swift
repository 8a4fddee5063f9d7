/// Verbalizes times of day and durations with colons: 7:30 pm, 12:05, 10:00:00.
enum Times {
  /// Reads a time.
  ///
  /// 7:00 is "seven o'clock", 12:05 "twelve oh five", 13:00 "thirteen hundred", 00:00 "midnight". Three parts
  /// are a duration in hours, minutes and seconds, unless "at", "am" or "pm" makes them a time of day.
  static let read: Rules.Rule = { text, index in
    if let reading = readHour(text, index) { return reading }
    guard let hour = text[index].value, text[index].text.count <= 2, text[index + 1].isMark(":"),
      text[index + 1].isJoined, text[index + 2].isJoined, text[index + 2].text.count == 2,
      let minute = text[index + 2].value, minute < 60
    else { return nil }
    var second: Int?
    var end = index + 3
    if text[end].isMark(":"), text[end].isJoined, text[end + 1].isJoined, text[end + 1].text.count == 2,
      let value = text[end + 1].value, value < 60
    {
      (second, end) = (value, end + 2)
    } else if text[end].isMark(":"), text[end].isJoined, text[end + 1].isDigits, text[end + 1].isJoined {
      return nil
    }
    let meridiem = meridiem(text, at: end)
    if meridiem == nil, second == nil, hour > 24 || Ratios.isExpected(text, from: index, to: end) {
      return nil
    }
    let isClock =
      text[index - 1].text == "T" || meridiem != nil
      || ["at", "by", "until", "from", "since", "before", "after"].contains(
        text[index - 1].lowercased)
    if let second, !isClock { return Reading(duration(hour, minute, second), end: end) }
    var words = clock(hour, minute, isTwelveHour: meridiem != nil)
    if text[end].lowercased == "o'clock", words.last == "o'clock" { words.removeLast() }
    if let second, second > 0 { words += ["and"] + count(second, "second") }
    guard let meridiem else { return Reading(words, end: end) }
    return Reading(words + meridiem.words, end: meridiem.end).endingSentence(meridiem.endsSentence)
  }

  /// Reads an hour before "am" or "pm": "7pm", "7 a.m.", "7.30 pm".
  private static func readHour(_ text: Lexemes, _ index: Int) -> Reading? {
    guard let hour = text[index].value, (0...24).contains(hour), text[index].text.count <= 2 else {
      return nil
    }
    if let meridiem = meridiem(text, at: index + 1) {
      return Reading(Numbers.cardinal(hour) + meridiem.words, end: meridiem.end)
        .endingSentence(meridiem.endsSentence)
    }
    // "7-9 pm": the first number is read by the rule for ranges.
    guard text[index + 1].isMark("."), text[index + 1].isJoined, text[index + 2].text.count == 2,
      let minute = text[index + 2].value, minute < 60, let meridiem = meridiem(text, at: index + 3)
    else { return nil }
    return Reading(clock(hour, minute, isTwelveHour: true) + meridiem.words, end: meridiem.end)
      .endingSentence(meridiem.endsSentence)
  }

  private static func clock(_ hour: Int, _ minute: Int, isTwelveHour: Bool) -> [String] {
    if minute > 0 { return Numbers.cardinal(hour) + Numbers.pair(minute) }
    if isTwelveHour { return Numbers.cardinal(hour) }
    switch hour {
    case 0, 24: return ["midnight"]
    case 13...: return Numbers.cardinal(hour) + ["hundred"]
    default: return Numbers.cardinal(hour) + ["o'clock"]
    }
  }

  private static func duration(_ hours: Int, _ minutes: Int, _ seconds: Int) -> [String] {
    count(hours, "hour") + [","] + count(minutes, "minute") + [",", "and"] + count(seconds, "second")
  }

  private static func count(_ number: Int, _ noun: String) -> [String] {
    Numbers.cardinal(number) + [number == 1 ? noun : noun + "s"]
  }

  /// "am", "PM" or "a.m." at an index.
  static func meridiem(_ text: Lexemes, at index: Int) -> (words: [String], end: Int, endsSentence: Bool)? {
    let lexeme = text[index]
    guard lexeme.space != .paragraph else { return nil }
    switch lexeme.lowercased {
    case "am", "pm":
      let isAbbreviated = text[index + 1].isMark(".") && text[index + 1].isJoined
      // "7pm." at the end of a sentence.
      let ends = isAbbreviated && SentenceEnds.isEnd(text, at: index + 2, isUnit: true)
      return ([String(lexeme.text.uppercased().first!), "M"], index + (isAbbreviated ? 2 : 1), ends)
    case "a", "p":
      guard text[index + 1].isMark("."), text[index + 1].isJoined, text[index + 2].lowercased == "m" else {
        return nil
      }
      let hasStop = text[index + 3].isMark(".") && text[index + 3].isJoined
      let end = index + (hasStop ? 4 : 3)
      return ([lexeme.text.uppercased(), "M"], end, hasStop && SentenceEnds.isEnd(text, at: end))
    default: return nil
    }
  }
}
