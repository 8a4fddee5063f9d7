/// Distinguishes acronyms that are spelled out, acronyms that are words, and words in capitals or mixed case.
enum Acronyms {
  /// The words of a run of letters.
  /// - Parameter isEmphasized: whether the words around it are in capitals too, so that it is no acronym.
  static func words(_ written: String, isEmphasized: Bool = false) -> [String] {
    if written.hasSuffix("'s") || written.hasSuffix("'S"), written.dropLast(2).contains(where: \.isUppercase)
    {
      var words = words(String(written.dropLast(2)), isEmphasized: isEmphasized)
      words[words.count - 1] += "'s"
      return words
    }
    let lower = written.lowercased()
    if let special = special[lower], written != lower || lower.count > 3 || alwaysSpelled.contains(lower) {
      return special
    }
    let letterCount = written.count
    guard written.contains(where: \.isUppercase), letterCount > 1, !written.contains("'") else {
      return lowercase(lower)
    }
    if written == written.uppercased() { return capitals(written, lower, isEmphasized) }
    // "CDs", "PhDs": the plural of an acronym.
    if written.hasSuffix("s"), written.dropLast() == written.dropLast().uppercased(), letterCount > 2 {
      let singular = capitals(String(written.dropLast()), String(lower.dropLast()), false)
      if singular.count > 1 { return singular.dropLast() + [singular.last! + "'s"] }
      return [lower]
    }
    let isTitleCase = written.first!.isUppercase && written.dropFirst() == written.dropFirst().lowercased()
    if isTitleCase || Lexicon.phonemes(of: lower) != nil { return lowercase(lower) }
    if lower.count > 2, Interjections.isInterjection(lower) { return [lower] }
    return parts(written).flatMap { part in
      part.count == 1 ? LetterNames.spelled(part) : words(part)
    }
  }

  /// The words of a run of capitals.
  private static func capitals(_ written: String, _ lower: String, _ isEmphasized: Bool) -> [String] {
    if pronounced.contains(lower) { return [lower] }
    if alwaysSpelled.contains(lower) { return LetterNames.spelled(written) }
    if Interjections.isInterjection(lower), !pronouncedLetterByLetter(lower) { return [lower] }
    let isListed = isListedWord(lower)
    if isListed, isEmphasized || !spelledUnlessEmphasized.contains(lower) { return [lower] }
    if !isListed, isEmphasized, written.count > 4, hasVowel(lower) { return [lower] }
    if StretchedWords.base(of: lower) != nil { return [lower] }
    return written.count <= 5 || !hasVowel(lower) ? LetterNames.spelled(written) : [lower]
  }

  private static func pronouncedLetterByLetter(_ lower: String) -> Bool {
    ["kkk", "ss", "mm", "aa"].contains(lower)
  }

  /// A lower-case word: spelled out if it can be neither a word nor a sound.
  private static func lowercase(_ lower: String) -> [String] {
    let letters = lower.filter { $0.isLetter && $0.isASCII }
    if hasVowel(lower) || isListedWord(lower) || Interjections.isInterjection(lower) { return [lower] }
    return LetterNames.spelled(letters)
  }

  private static func hasVowel(_ lower: String) -> Bool { lower.contains { "aeiouy".contains($0) } }

  /// Whether the lexicon has a word, with other phonemes than the names of its letters ("fbi", "usa").
  private static func isListedWord(_ lower: String) -> Bool {
    guard let phonemes = Lexicon.phonemes(of: lower) else { return false }
    let names = LetterNames.spelled(lower).compactMap(LetterNames.phonemes).joined()
    return phonemes.map(\.name) != names.map(\.name)
  }

  /// The parts of a word in mixed case: "iPhone", "YouTube", "HTMLParser".
  private static func parts(_ written: String) -> [String] {
    let characters = Array(written)
    var parts = [String(characters[0])]
    for k in characters.indices.dropFirst() {
      let isStart =
        characters[k].isUppercase
        && (characters[k - 1].isLowercase || k + 1 < characters.count && characters[k + 1].isLowercase)
      if isStart { parts.append("") }
      parts[parts.count - 1].append(characters[k])
    }
    return parts
  }

  /// Reads letters joined by "&", as in "AT&T", "R&B" and "Q&A".
  static let readAmpersand: Rules.Rule = { text, index in
    let (first, second) = (text[index], text[index + 2])
    guard first.isCapitalized, first.text.count <= 3, first.text == first.text.uppercased(),
      text[index + 1].isMark("&"), text[index + 1].isJoined, second.isJoined, second.isCapitalized
    else { return nil }
    let isPlural = second.text.count == 2 && second.text.hasSuffix("s") || second.text.hasSuffix("'s")
    let stem = isPlural ? String(second.text.prefix(1)) : second.text
    guard stem.count <= 3, stem == stem.uppercased() else { return nil }
    var words = LetterNames.spelled(first.text) + ["and"] + LetterNames.spelled(stem)
    if isPlural { words[words.count - 1] += "'s" }
    return Reading(words, end: index + 3)
  }

  /// Reads up to three letters that are joined to digits letter by letter: "B12", "MP3", "3D", "v2".
  static let readAlphanumeric: Rules.Rule = { text, index in
    let lexeme = text[index]
    let isBeforeDigits = text[index + 1].isDigits && text[index + 1].isJoined
    let isAfterDigits = lexeme.isJoined && text[index - 1].isDigits
    guard isBeforeDigits || isAfterDigits, !lexeme.text.contains("'") else { return nil }
    if isBeforeDigits, lexeme.text == "v", !lexeme.isJoined {
      return Reading(text[index - 1].lowercased == "version" ? "" : "version", end: index + 1)
    }
    guard lexeme.text.count <= 3 else { return nil }
    if isBeforeDigits, lexeme.text == "WW" { return Reading("world war", end: index + 1) }
    let isWord =
      lexeme.text.count == 3 && lexeme.text == lexeme.lowercased
      && Lexicon.phonemes(of: lexeme.lowercased) != nil
    return isWord ? nil : Reading(LetterNames.spelled(lexeme.text), end: index + 1)
  }

  /// The words of a part of an address: known names and words, otherwise letters.
  static func nameInAddress(_ lexeme: Lexeme) -> [String] {
    let lower = lexeme.lowercased
    if ["com", "org", "net", "info", "biz", "app", "gov", "mil", "co"].contains(lower) { return [lower] }
    let isSpelledEnding =
      lower.count <= 2 || ["edu", "txt", "pdf", "csv", "gif", "tar", "doc", "ini", "log"].contains(lower)
    if isSpelledEnding,
      !["gif", "tar", "doc", "log", "go", "my", "me", "is", "in", "to", "us", "we"].contains(lower)
    {
      return LetterNames.spelled(lower)
    }
    if lexeme.text == lower, Lexicon.phonemes(of: lower) == nil, lower.count <= 3 || !hasVowel(lower) {
      return LetterNames.spelled(lower)
    }
    return words(lexeme.text)
  }

  /// Acronyms that are pronounced as words.
  private static let pronounced: Set = [
    "nasa", "nato", "unesco", "unicef", "opec", "aids", "scuba", "laser", "radar", "sonar", "pin", "sim",
    "ram", "rom", "gif", "jpeg", "covid", "nascar", "fifa", "uefa", "ikea", "osha", "noaa", "darpa", "swat",
    "taser", "potus", "scotus", "captcha", "bios", "lan", "wan", "raid", "dos", "lidar", "sars", "mers",
    "fomo", "yolo", "lol", "rofl", "imax", "lego", "isis", "fema", "nimby", "snafu", "zip", "mac", "okay",
    "mensa", "basic", "cobol", "fortran", "java", "unix", "linux", "moma", "soho",
  ]
  /// Acronyms that are spelled out, in capitals always, although the lexicon or the letters allow a word.
  private static let alwaysSpelled: Set = [
    "fbi", "usa", "uk", "tv", "cia", "diy", "asmr", "bbc", "ceo", "cfo", "cto", "cd", "dvd", "pc", "eu",
    "un", "iq", "ai", "hr", "pr", "gp", "mri", "atm", "gps", "usb", "url", "faq", "dna", "rna", "hiv",
    "ibm", "nba", "nfl", "nhl", "mlb", "nyc", "dc", "dj", "mc", "mp", "ufo", "uv", "vip", "vpn", "html",
    "css", "http", "https", "www", "pdf", "rsvp", "sos", "adhd", "ocd", "ptsd", "cpr", "icu", "rn", "gpa",
    "phd", "mba", "ba", "bs", "md", "bmw", "kgb", "irs", "cpa", "ira", "aka", "eta", "fyi", "tba", "tbd",
    "iou", "ipa", "lcd", "hd", "ac", "api", "cpu", "gpu", "ssd", "sql", "xml", "rgb", "abc", "nbc", "cbs",
    "cnn", "espn", "mtv", "hbo", "ncaa", "ymca", "lgbt", "lgbtq", "bce", "ce", "bc", "od", "tnt", "suv",
    "rv", "omg", "bff", "tlc", "aaa", "eeg", "ekg", "ecg", "std", "sms", "wc", "ps", "jfk", "lax", "nypd",
    "lapd", "usaf", "mit", "ucla", "ui", "ux", "nsa", "epa", "fda", "cdc", "fcc", "ftc", "gop", "aclu",
    "aarp", "mg", "ml", "bbq", "pb", "pov", "npc", "rpg", "mvp", "hdmi", "isbn", "asap", "pm", "est", "pst",
    "cst", "mst", "edt", "pdt", "gmt", "utc", "cet", "bst",
  ]
  /// Acronyms that are words among other words in capitals.
  private static let spelledUnlessEmphasized: Set = [
    "us", "rip", "ad", "la", "sat", "led", "er", "ms", "ap", "rem", "id", "os", "io", "ct", "op", "aa", "ot",
  ]

  private static let special = [
    "wwi": ["world", "war", "one"], "wwii": ["world", "war", "two"],
    "ok": ["okay"], "phd": ["P", "H", "D"], "phds": ["P", "H", "D's"], "wifi": ["why", "fie"],
    "ios": ["I", "O", "S"],
    "macos": ["mac", "O", "S"], "iphone": ["I", "phone"], "iphones": ["I", "phones"], "ipad": ["I", "pad"],
    "ebay": ["E", "bay"], "jpeg": ["jay", "peg"], "jpg": ["jay", "peg"], "mph": ["miles", "per", "hour"],
    "tv": ["T", "V"], "tvs": ["T", "V's"], "dj": ["D", "J"], "youtube": ["you", "tube"],
    "mrna": ["M", "R", "N", "A"],
    "ascii": ["ask", "ee"], "asap": ["A", "S", "A", "P"], "asmr": ["A", "S", "M", "R"],
    "lgbtq": ["L", "G", "B", "T", "Q"],
    "aka": ["A", "K", "A"], "diy": ["D", "I", "Y"], "ufo": ["U", "F", "O"], "vip": ["V", "I", "P"],
    "omg": ["O", "M", "G"],
    "usa": ["U", "S", "A"], "fbi": ["F", "B", "I"], "rsvp": ["R", "S", "V", "P"], "faq": ["F", "A", "Q"],
    "faqs": ["F", "A", "Q's"], "eta": ["E", "T", "A"], "fyi": ["F", "Y", "I"], "ceo": ["C", "E", "O"],
    "url": ["U", "R", "L"], "usb": ["U", "S", "B"], "gps": ["G", "P", "S"],
  ]
}
