/// The names of letters, and the letters that are read by name. A capital stands for the name of a letter.
enum LetterNames {
  /// The letters of an acronym, one word each; digits become numbers.
  static func spelled(_ text: some StringProtocol) -> [String] {
    text.compactMap { character in
      guard character.isASCII else { return GreekLetters.name(of: character) }
      if character.isLetter { return character.uppercased() }
      return character.isNumber ? Numbers.digits(String(character)).first : nil
    }
  }

  /// The phonemes of a capital letter, or of a letter with an ending, such as "V's"; nil for other words.
  static func phonemes(of word: String) -> [Phoneme]? {
    guard let letter = word.utf8.first, 0x41...0x5A ~= letter, let name = names[word.first!] else {
      return nil
    }
    if word.utf8.count == 1 { return name }
    guard word.dropFirst() == "'s", let last = name.last else { return nil }
    return name
      + (["S", "EH", "CH", "JH"].contains(last.name) ? [Phoneme("IH"), Phoneme("Z")] : [Phoneme("Z")])
  }

  private static let names: [Character: [Phoneme]] = [
    "A": "EY1", "B": "B IY1", "C": "S IY1", "D": "D IY1", "E": "IY1", "F": "EH1 F", "G": "JH IY1",
    "H": "EY1 CH",
    "I": "AY1", "J": "JH EY1", "K": "K EY1", "L": "EH1 L", "M": "EH1 M", "N": "EH1 N", "O": "OW1",
    "P": "P IY1",
    "Q": "K Y UW1", "R": "AA1 R", "S": "EH1 S", "T": "T IY1", "U": "Y UW1", "V": "V IY1",
    "W": "D AH1 B AX L Y UW", "X": "EH1 K S", "Y": "W AY1", "Z": "Z IY1",
  ].mapValues(Phoneme.list)

  /// Reads a single letter: an initial, a grade, a note, a programming language, or the word "a" or "I".
  static let readLetter: Rules.Rule = { text, index in
    let lexeme = text[index]
    let isPossessive = lexeme.text.count == 3 && lexeme.lowercased.hasSuffix("'s")
    guard lexeme.text.count == 1 || isPossessive, let letter = lexeme.text.first, letter.isASCII else {
      return nil
    }
    if isPossessive { return Reading("\(letter.uppercased())'s", end: index + 1) }
    let name = letter.uppercased()
    let next = text[index + 1]
    let isFirst = !lexeme.isJoined || !text[index - 1].isLetters && !text[index - 1].isDigits
    if lexeme.isCapitalized, isFirst, next.isJoined, let suffix = suffix(text, index + 1) {
      return Reading([name] + suffix.words, end: suffix.end)
    }
    if let reading = readInitial(text, index) { return reading }
    if letter == "a" || letter == "A", isArticle(text, index) { return Reading("a", end: index + 1) }
    let isJoinedBySlash = next.isMark("/-") && next.isJoined || lexeme.isJoined && text[index - 1].isMark("/")
    if name == "I", !isJoinedBySlash { return Reading("i", end: index + 1) }
    return Reading(name, end: index + 1)
  }

  /// The marks after a letter that belong to it: "C++", "C#", "A+", "B-".
  private static func suffix(_ text: Lexemes, _ index: Int) -> (words: [String], end: Int)? {
    let mark = text[index]
    if mark.isMark("+"), text[index + 1].isMark("+"), text[index + 1].isJoined {
      return (["plus", "plus"], index + 2)
    }
    let ends = !text[index + 1].isJoined || text[index + 1].isMark(".,!?;:)\"'")
    guard ends else { return nil }
    switch mark.text {
    case "#", "♯": return (["sharp"], index + 1)
    case "♭": return (["flat"], index + 1)
    case "+": return (["plus"], index + 1)
    case "-", "−": return "ABCDEF".contains(text[index - 1].text) ? (["minus"], index + 1) : nil
    default: return nil
    }
  }

  /// Reads an initial with its full stop: "J. R. R. Tolkien", "George W. Bush". The full stop of "plan B." or
  /// "so do I." ends the sentence.
  private static func readInitial(_ text: Lexemes, _ index: Int) -> Reading? {
    let stop = text[index + 1]
    guard text[index].isInitial, stop.isMark("."), stop.isJoined else { return nil }
    let next = text[index + 2]
    let previous = text[index - 1]
    guard next.isCapitalized, next.space == .space,
      !SentenceEnds.startsSentences(next) || isInitial(text, index + 2),
      !nouns.contains(previous.lowercased)
    else { return nil }
    let isName =
      previous.isCapitalized || text.startsSentence(index) || previous.isMark(".,;(\"&")
      || [
        "by", "of", "and", "with", "from", "to", "is", "was", "for", "the", "as", "met", "saw", "mr", "or",
        "author",
      ]
      .contains(previous.lowercased)
    guard isName, text[index].text != "I" || isInitial(text, index + 2) || isInitial(text, index - 2) else {
      return nil
    }
    return Reading(text[index].text, end: index + 2)
  }

  private static func isInitial(_ text: Lexemes, _ index: Int) -> Bool {
    text[index].isInitial && text[index + 1].isMark(".") && text[index + 1].isJoined
  }

  /// Whether "a" or "A" is the article rather than the letter.
  ///
  /// It is the letter before a punctuation mark, after a noun such as "vitamin", and as a capital within a
  /// sentence, unless the words around it are capitalized too.
  private static func isArticle(_ text: Lexemes, _ index: Int) -> Bool {
    let (previous, next) = (text[index - 1], text[index + 1])
    let isHesitation = next.isMark(".") && text[index + 2].isMark(".")
    if next.space == .paragraph
      || next.isMark(",.;:?!)&+=/") && !(next.isMark(".") && !next.isJoined) && !isHesitation
    {
      return false
    }
    if next.isMark("\"'"), next.isJoined, previous.isMark(next.text), text[index].isJoined { return false }
    if next.isMark("–"), next.isJoined, text[index + 2].isInitial { return false }
    if next.isMark("→<>×÷±≈≠≤≥|") || next.isMark("-") && text[index + 2].isMark(">") { return false }
    if text[index].space != .paragraph, nouns.contains(previous.lowercased) { return false }
    if next.isMark("-"), next.isJoined { return previous.isMark("-") }
    if text[index].isCapitalized, next.text.count == 1, next.isCapitalized, next.text != "I", next.text != "A"
    {
      return false
    }
    guard text[index].isCapitalized else { return !(next.lowercased == "is" || next.lowercased == "and") }
    if ["is", "to", "and", "or"].contains(next.lowercased) { return false }
    if text.startsSentence(index) || previous.isMark("\"'(—") { return true }
    if previous.isMark(",;") { return next.isLetters && !next.isCapitalized && next.lowercased != "b" }
    return previous.isCapitalized && next.isCapitalized
  }

  /// Nouns that a letter follows.
  private static let nouns: Set = [
    "vitamin", "vitamins", "plan", "grade", "class", "type", "group", "hepatitis", "section", "part",
    "option", "team",
    "series", "level", "point", "exhibit", "appendix", "figure", "gate", "letter", "letters", "side",
    "category", "block",
    "wing", "schedule", "route", "lane", "bus", "line", "column", "row", "key", "answer", "item", "table",
    "step", "model",
  ]
}
