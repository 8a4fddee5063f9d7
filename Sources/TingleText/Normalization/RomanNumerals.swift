/// Verbalizes Roman numerals: Chapter IV, Henry VIII, World War II, the XIX century.
enum RomanNumerals {
  /// The value of a canonical Roman numeral up to 3999, or nil.
  static func value(of text: String) -> Int? {
    guard (1...15).contains(text.utf8.count) else { return nil }
    var rest = text.uppercased()[...]
    var value = 0
    for (symbol, worth) in symbols {
      while rest.hasPrefix(symbol) {
        value += worth
        rest = rest.dropFirst(symbol.count)
      }
    }
    guard rest.isEmpty, value < 4000, numeral(value) == text.uppercased() else { return nil }
    return value
  }

  private static let symbols = [
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40),
    ("X", 10),
    ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
  ]

  private static func numeral(_ value: Int) -> String {
    var (rest, result) = (value, "")
    for (symbol, worth) in symbols {
      while rest >= worth {
        result += symbol
        rest -= worth
      }
    }
    return result
  }

  /// Reads a numeral after a noun that is numbered ("four") or the name of a ruler ("the eighth"), before
  /// "century" ("nineteenth"), or alone if it consists of two or more of I, V and X ("three") or is a year.
  ///
  /// A single letter needs the capitalized noun or name ("Part I", but "the part I like"). "IV" before "drip"
  /// or after "an" is read as two letters.
  static let read: Rules.Rule = { text, index in
    let lexeme = text[index]
    let previous = text[index - 1]
    let noun = previous.isMark(".") && previous.isJoined ? text[index - 2] : previous
    let isAfterNoun =
      lexeme.space == .space && nouns.contains(noun.lowercased)
      && (lexeme.text.count > 1 || isSingleNumeral(text, index, after: noun))
    // A possessive: "Louis XVI's".
    let isPossessive = lexeme.text.hasSuffix("'s")
    let digits = isPossessive ? String(lexeme.text.dropLast(2)) : lexeme.text
    if isPossessive, let value = RomanNumerals.value(of: digits), digits == digits.uppercased(),
      isRuler(text, index)
    {
      let words = Numbers.ordinal(value)
      return Reading(["the"] + words.dropLast() + [words.last! + "'s"], end: index + 1)
    }
    guard let value = RomanNumerals.value(of: lexeme.text),
      lexeme.text == lexeme.text.uppercased()
        || lexeme.text == lexeme.lowercased && lexeme.text.count > 1 && lexeme.text != "mix"
          && (isAfterNoun || joins(text, index - 1))
    else { return nil }
    let next = text[index + 1]
    if next.lowercased == "century" || next.lowercased == "centuries" {
      return Reading(Numbers.ordinal(value), end: index + 1)
    }
    if next.isJoined, next.isLetters || next.isDigits || next.isMark("&'+#@") { return nil }
    if joins(text, index - 1) || joins(text, index + 1) && lexeme.text.count > 1 {
      return Reading(Numbers.cardinal(value), end: index + 1)
    }
    if isAfterNoun { return Reading(Numbers.cardinal(value), end: index + 1) }
    let isAfterName = lexeme.space == .space && previous.isCapitalized && !previous.isCapitals
    if isAfterName, isRuler(text, index), lexeme.text.count > 1 || isSingleOrdinal(text, index) {
      return Reading(["the"] + Numbers.ordinal(value), end: index + 1)
    }
    if lexeme.text.count > 3, value > 1000, lexeme.isCapitals {
      return Reading(Numbers.year(value), end: index + 1)
    }
    // "XX" and "XXX" alone are kisses.
    guard lexeme.text.count > 1, lexeme.text.allSatisfy({ "IVX".contains($0) }),
      !["XX", "XXX"].contains(lexeme.text)
    else { return nil }
    if lexeme.text == "IV", ["an", "the"].contains(previous.lowercased) || drips.contains(next.lowercased) {
      return nil
    }
    return Reading(Numbers.cardinal(value), end: index + 1)
  }

  /// Whether I, V or X after a noun is a numeral: after a capitalized noun ("Part I"), and after "type" or
  /// "phase" unless a verb follows ("the type I like").
  private static func isSingleNumeral(_ text: Lexemes, _ index: Int, after noun: Lexeme) -> Bool {
    let isClass = ["type", "phase", "stage", "class", "level", "category", "grade", "tier"].contains(
      noun.lowercased)
    return ["I", "V", "X"].contains(text[index].text)
      && (noun.isCapitalized || isClass && isSingleOrdinal(text, index))
  }

  /// Whether a dash joins two numerals: "I-III" or, after a noun, "pp. xi–xv".
  static func joins(_ text: Lexemes, _ dash: Int) -> Bool {
    let (first, second) = (text[dash - 1], text[dash + 1])
    guard text[dash].isMark("-–"), text[dash].isJoined, second.isJoined, value(of: first.text) != nil,
      value(of: second.text) != nil
    else { return false }
    if nouns.contains(text[text[dash - 2].isMark(".") ? dash - 3 : dash - 2].lowercased) { return true }
    return first.text.allSatisfy { "IVX".contains($0) } && second.isCapitals
  }

  /// Whether the name before a numeral is that of a ruler, or a full name ("John Smith III").
  private static func isRuler(_ text: Lexemes, _ index: Int) -> Bool {
    let name = text[index - 1].lowercased
    if rulers.contains(name) { return true }
    let before = text[index - 2]
    return text[index - 1].space == .space && rulers.contains(before.lowercased) && before.isCapitalized
      && text[index].text.count > 1
  }

  /// Whether a single letter after a ruler's name is a numeral. "Elizabeth I think" has the pronoun.
  private static func isSingleOrdinal(_ text: Lexemes, _ index: Int) -> Bool {
    let next = text[index + 1]
    guard text[index].text == "I" || text[index].text == "V" || text[index].text == "X" else { return false }
    return text[index].text != "I"
      || ![
        "think", "know", "am", "love", "saw", "will", "can", "would", "could", "had", "have", "said", "told",
        "met",
        "mean", "like", "remember", "miss", "wonder",
      ].contains(next.lowercased)
  }

  private static let nouns: Set = [
    "chapter", "chapters", "part", "parts", "book", "volume", "vol", "act", "scene", "section", "article",
    "phase",
    "level", "type", "war", "bowl", "appendix", "figure", "fig", "episode", "unit", "lesson", "stage",
    "class", "grade",
    "title", "step", "page", "pages", "pp", "p", "canto", "verse", "movement", "sonata", "symphony", "apollo",
    "rocky",
    "fantasy", "wars", "schedule", "annex", "table", "plate", "category", "tier", "mark", "division", "group",
    "season",
    "version", "vatican", "saturn", "quest", "souls", "godfather", "series", "module", "exhibit", "item",
    "number",
    "amendment", "olympiad", "legion", "dynasty", "psalm", "day", "week", "session", "round", "opus",
  ]
  private static let drips: Set = [
    "drip", "drips", "fluid", "fluids", "line", "lines", "bag", "bags", "pole", "therapy",
  ]
  private static let rulers: Set = [
    "henry", "louis", "elizabeth", "george", "edward", "richard", "charles", "william", "james", "mary",
    "john",
    "paul", "benedict", "pius", "leo", "gregory", "clement", "innocent", "urban", "alexander", "nicholas",
    "catherine", "peter", "ivan", "frederick", "philip", "francis", "napoleon", "wilhelm", "victor",
    "emmanuel",
    "robert", "david", "stephen", "harald", "harold", "haakon", "olaf", "christian", "gustav",
    "carl",
    "charlemagne", "otto", "ferdinand", "alfonso", "juan", "felipe", "carlos", "pedro", "manuel", "ramses",
    "ramesses", "thutmose", "amenhotep", "cleopatra", "ptolemy", "darius", "xerxes", "cyrus", "mehmed",
    "murad",
    "suleiman", "selim", "leopold", "maximilian", "joseph", "albert", "ludwig", "rudolf", "constantine",
    "justinian",
    "theodosius", "boniface", "sixtus", "julius", "martin", "eugene", "celestine", "hadrian", "adrian",
    "stanislaw",
    "sigismund", "casimir", "margaret", "margrethe", "anne", "isabella", "maria", "joan", "rama", "umberto",
    "amadeus",
    "thomas", "samuel", "walter", "arthur", "daniel", "michael", "patrick", "donald", "ronald", "frank",
    "sammy", "hank",
  ]
}
