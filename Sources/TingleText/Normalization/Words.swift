/// Verbalizes words: as they are, as acronyms, as sounds, or as Greek letters.
enum Words {
  /// The maximum length of a word; a longer run of letters is divided, since the cost of letter-to-sound
  /// conversion grows with the square of the length.
  private static let maximumLength = 40

  /// Reads a run of letters.
  static let read: Rules.Rule = { text, index in
    let lexeme = text[index]
    if lexeme.text.count == 1, let letter = lexeme.text.first, let name = GreekLetters.name(of: letter) {
      return Reading(name, end: index + 1)
    }
    let written = lexeme.text.filter { $0.isASCII }
    guard written.contains(where: \.isLetter) else { return nil }
    if let reading = readSpecial(text, index) { return reading }
    if let neighbours = wordsInCapitals[written] {
      let isName =
        neighbours.contains(text[index - 1].lowercased) || neighbours.contains(text[index + 1].lowercased)
      return Reading(
        isName && !isEmphasized(text, index) ? LetterNames.spelled(written) : [lexeme.lowercased],
        end: index + 1)
    }
    guard written.count <= maximumLength else {
      return Reading(divided(written.lowercased()), end: index + 1)
    }
    let isCapitals = written.count > 1 && written == written.uppercased()
    return Reading(
      Acronyms.words(written, isEmphasized: isCapitals && isEmphasized(text, index)), end: index + 1)
  }

  /// Acronyms that are common words, and the words next to them that make them acronyms.
  private static let wordsInCapitals: [String: Set<String>] = [
    "IT": [
      "the", "in", "our", "department", "team", "support", "staff", "guy", "manager", "desk", "security",
      "job", "system",
    ],
    "WHO": ["the", "by"], "AM": ["radio", "station", "fm"], "AID": [], "SO": [], "IN": [], "ON": [], "OR": [],
  ]

  /// Words whose reading depends on the next ones: "Wi-Fi", "Dr" is elsewhere.
  private static func readSpecial(_ text: Lexemes, _ index: Int) -> Reading? {
    guard text[index].lowercased == "wi", text[index + 1].isMark("-"), text[index + 2].lowercased == "fi"
    else {
      return nil
    }
    return Reading("why fie", end: index + 3)
  }

  private static func divided(_ word: String) -> [String] {
    let letters = Array(word)
    return stride(from: 0, to: letters.count, by: maximumLength).map {
      String(letters[$0..<min(letters.count, $0 + maximumLength)])
    }
  }

  /// Whether most of the words around a word in capitals are in capitals, so that it is no acronym.
  private static func isEmphasized(_ text: Lexemes, _ index: Int) -> Bool {
    var (capitals, others) = (0, 0)
    for k in (index - 8)...(index + 8) where k != index && text[k].isLetters && text[k].text.count > 1 {
      if text[k].isCapitals { capitals += 1 } else { others += 1 }
    }
    return capitals >= 2 && capitals > 2 * others
  }

  /// Reads a word that starts with an apostrophe: 'em, 'cause, 'tis, 'n'.
  static let readClipped: Rules.Rule = { text, index in
    guard text[index].isMark("'"), text[index + 1].isJoined, text[index + 1].isLetters else { return nil }
    let word = text[index + 1].lowercased
    if word == "n" { return Reading("and", end: text[index + 2].isMark("'") ? index + 3 : index + 2) }
    guard let full = clipped[word] else { return nil }
    return Reading(full, end: index + 2)
  }

  private static let clipped = [
    "em": "'em", "cause": "'cause", "tis": "'tis", "twas": "'twas", "til": "until", "till": "until",
    "bout": "about",
    "round": "around", "cuz": "'cause", "nother": "another",
  ]
}
