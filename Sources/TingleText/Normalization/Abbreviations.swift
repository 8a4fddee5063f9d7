/// Verbalizes abbreviations other than titles, units and months; their full stop does not end the sentence.
enum Abbreviations {
  /// Reads letters with full stops between them: e.g., U.S., Ph.D., J.R.R.
  ///
  /// Latin abbreviations become English words; others are the names of their letters.
  static let readDotted: Rules.Rule = { text, index in
    let first = text[index]
    guard first.text.count == 1 || ["Ph", "Ll", "Ed"].contains(first.text) else { return nil }
    guard !(first.isJoined && text[index - 1].isLetters) else { return nil }
    var parts = [first.text]
    var end = index + 1
    while text[end].isMark("."), text[end].isJoined, text[end + 1].isJoined, text[end + 1].isLetters,
      text[end + 1].text.count <= 2, parts.count < 12
    {
      parts.append(text[end + 1].text)
      end += 2
    }
    guard parts.count > 1, parts.dropFirst().allSatisfy({ $0.count == 1 || $0.last == "s" || $0 == "Sc" })
    else {
      return nil
    }
    let hasStop = text[end].isMark(".") && text[end].isJoined
    if hasStop { end += 1 }
    let key = parts.joined().lowercased()
    var words = latin[key].map { [$0] } ?? LetterNames.spelled(parts.joined())
    // A possessive: "the U.S.'s".
    if text[end].isMark("'"), text[end].isJoined, text[end + 1].text == "s", text[end + 1].isJoined {
      words[words.count - 1] += "'s"
      end += 2
    }
    let ends =
      hasStop
      && SentenceEnds.isEnd(text, at: end, precedesName: ["eg", "ie", "cf", "ps", "nb"].contains(key))
    return Reading(words, end: end).endingSentence(ends)
  }

  private static let companies: Set = ["inc", "ltd", "corp", "bros", "co"]

  private static let latin = [
    "mph": "miles per hour", "rpm": "revolutions per minute", "eg": "for example", "ie": "that is",
    "ok": "okay", "nb": "note well",
  ]

  /// Reads an abbreviated word with its full stop, such as "approx." or "No. 5".
  static let read: Rules.Rule = { text, index in
    let lexeme = text[index]
    let key = lexeme.lowercased
    let hasStop = text[index + 1].isMark(".") && text[index + 1].isJoined
    let end = index + (hasStop ? 2 : 1)
    let next = text[end]
    let isBeforeNumber =
      next.isDigits && next.space != .paragraph || isNumberWord(next) && hasStop && key.count > 1
      || next.isLetters && next.text.count > 1 && RomanNumerals.value(of: next.text) != nil
    if let words = withoutStop[key], lexeme.text != "IE" {
      let ends = hasStop && SentenceEnds.isEnd(text, at: end, precedesName: key == "vs")
      return Reading(words, end: end).endingSentence(ends)
    }
    if key == "c", text[index + 1].isMark("/"), text[index + 1].isJoined, text[index + 2].lowercased == "o" {
      return Reading("care of", end: index + 3)
    }
    if lexeme.text == "w" || lexeme.text == "b", text[index + 1].isMark("/"), text[index + 1].isJoined {
      if key == "w", text[index + 2].lowercased == "o", text[index + 2].isJoined {
        return Reading("without", end: index + 3)
      }
      if key == "b", text[index + 2].lowercased == "c", text[index + 2].isJoined {
        return Reading("because", end: index + 3)
      }
      if key == "w" { return Reading("with", end: index + 2) }
    }
    guard hasStop else {
      if next.isDigits, next.space == .space, ["pp", "vol", "fig", "pg", "pgs", "nos", "chap"].contains(key),
        let words = beforeNumber[key]
      {
        return Reading(words, end: end)
      }
      if companies.contains(key), lexeme.isCapitalized, text[index - 1].isCapitalized,
        let words = withStop[key]
      {
        return Reading(words, end: end)
      }
      // "Chanel No 5": capitalized within a sentence.
      guard lexeme.text == "No", next.isDigits, !text.startsSentence(index) else { return nil }
      return Reading("number", end: end)
    }
    if key == "no", next.text == "of" { return Reading("number", end: end) }
    if isBeforeNumber, let words = beforeNumber[key] { return Reading(words, end: end) }
    if isAfterNumber(text, index), let words = Measures.timeAbbreviations[key] {
      return Reading(words, end: end).endingSentence(SentenceEnds.isEnd(text, at: end, isUnit: true))
    }
    if key == "v", text[index - 1].isCapitalized, next.isCapitalized { return Reading("versus", end: end) }
    if key == "al", text[index - 1].lowercased == "et" {
      return Reading(key, end: end).endingSentence(SentenceEnds.isEnd(text, at: end))
    }
    // "Max." is a name.
    if key == "max", lexeme.isCapitalized, !text.startsSentence(index) { return nil }
    guard let words = withStop[key], !capitalizedOnly.contains(key) || lexeme.isCapitalized else {
      return nil
    }
    // Outside a name, "Co." and "Sun." can be words that end a sentence.
    if afterNameOnly.contains(key), !text[index - 1].isCapitalized, index > 0 { return nil }
    let ends = SentenceEnds.isEnd(text, at: end)
    return Reading(words, end: end).endingSentence(ends)
  }

  private static func isNumberWord(_ lexeme: Lexeme) -> Bool {
    lexeme.isLetters && !lexeme.isCapitalized && Numbers.names.contains(lexeme.lowercased)
      && lexeme.lowercased != "few"
  }

  private static func isAfterNumber(_ text: Lexemes, _ index: Int) -> Bool {
    let previous = text[index - 1]
    return text[index].space != .paragraph
      && (previous.isDigits || Numbers.names.contains(previous.lowercased))
  }

  /// Abbreviations that are recognized with and without a full stop.
  private static let withoutStop = [
    "vs": "versus", "etc": "et cetera", "approx": "approximately", "dept": "department", "ok": "okay",
    "hrs": "hours", "mins": "minutes", "secs": "seconds", "yrs": "years", "wks": "weeks", "btw": "by the way",
    "govt": "government", "eg": "for example", "ie": "that is", "blvd": "boulevard",
    "pkwy": "parkway", "hwy": "highway", "intl": "international", "natl": "national", "mgmt": "management",
    "assn": "association", "tues": "tuesday", "weds": "wednesday", "thurs": "thursday", "pct": "percent",
    "messrs": "messers",
  ]

  /// Abbreviations that precede a number.
  private static let beforeNumber = [
    "no": "number", "nos": "numbers", "fig": "figure", "figs": "figures", "ch": "chapter", "vol": "volume",
    "p": "page", "pp": "pages", "chap": "chapter", "nr": "number", "sc": "scene", "pg": "page",
    "pgs": "pages", "c": "circa",
    "ca": "circa",
    "est": "established", "ext": "extension", "op": "opus", "sec": "section", "art": "article",
    "eq": "equation", "ver": "version", "v": "version", "rm": "room", "apt": "apartment", "pt": "part",
    "ste": "suite", "min": "minimum", "max": "maximum", "vv": "verses", "b": "born", "d": "died",
  ]

  /// Abbreviations that are recognized only with a full stop.
  private static let withStop = [
    "max": "maximum", "min": "minimum", "avg": "average", "esp": "especially", "tel": "telephone",
    "incl": "including",
    "excl": "excluding", "misc": "miscellaneous", "temp": "temperature", "hr": "hour", "sec": "seconds",
    "wk": "week", "wks": "weeks", "mo": "month", "mos": "months", "yr": "year", "lb": "pound",
    "lbs": "pounds", "oz": "ounces", "est": "estimated", "ca": "circa", "cf": "compare", "viz": "namely",
    "univ": "university", "prof": "professor", "co": "company", "inc": "incorporated", "ltd": "limited",
    "corp": "corporation", "bros": "brothers", "esq": "esquire",
    "ave": "avenue", "blvd": "boulevard", "rd": "road", "ln": "lane", "ct": "court", "pl": "place",
    "sq": "square", "hwy": "highway", "apt": "apartment", "ste": "suite", "bldg": "building",
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "vol": "volume", "fig": "figure",
    "acct": "account", "appt": "appointment", "assoc": "associates",
    "attn": "attention", "cont": "continued", "ext": "extension", "hosp": "hospital", "inst": "institute",
    "mfg": "manufacturing", "orig": "originally", "pkg": "package", "recd": "received", "ref": "reference",
    "tbsp": "tablespoons", "tsp": "teaspoons", "asst": "assistant", "mts": "mountains", "mtn": "mountain",
    "gal": "gallons", "ed": "edition", "eds": "editors", "pop": "population",
    "pres": "president", "supt": "superintendent", "ind": "industries", "mgr": "manager", "dist": "district",
  ]
  private static let capitalizedOnly: Set = [
    "mon", "wed", "fri", "pop", "ind", "pl", "ed", "mo", "temp", "inst", "co", "sq", "ct",
  ]
  private static let afterNameOnly: Set = [
    "pl", "ct", "sq", "pop", "ind", "mo", "ed", "temp",
  ]
}
