/// Verbalizes titles, and abbreviations that are a title before a name and a street after one.
enum Titles {
  /// Reads "Dr. Smith", "Mr Jones", "St. John", "Oak Dr.", "Elm St".
  static let read: Rules.Rule = { text, index in
    let lexeme = text[index]
    guard lexeme.isCapitalized || ["mr", "mrs", "dr"].contains(lexeme.lowercased) else { return nil }
    let key = lexeme.lowercased
    let hasStop = text[index + 1].isMark(".") && text[index + 1].isJoined
    let end = index + (hasStop ? 2 : 1)
    let next = text[text.indexAfterClosingMarks(end)]
    let isBeforeName = isName(text[end]) && text[end].space != .paragraph
    let isAfterName = text[index].space != .paragraph && isName(text[index - 1])

    if let street = streets[key], isAfterName, isStreet(text, index, end) || titles[key] == nil {
      // Without a full stop, "Ct" or "Pl" can be anything; they need the end of the address.
      if hasStop || next.kind != .letters || !next.isCapitalized {
        return Reading(street, end: end).endingSentence(hasStop && SentenceEnds.isEnd(text, at: end))
      }
    }
    if let suffix = suffixes[key], isAfterName, text[index - 1].kind != .end {
      return Reading(suffix, end: end).endingSentence(hasStop && SentenceEnds.isEnd(text, at: end))
    }
    if let suffix = suffixes[key], hasStop, !isBeforeName || titles[key] == nil {
      return Reading(suffix, end: end).endingSentence(SentenceEnds.isEnd(text, at: end))
    }
    guard let title = titles[key], hasStop || isBeforeName || !needsName.contains(key) else { return nil }
    if !hasStop, !isBeforeName { return nil }
    // "Gen Z", "Col A" are not titles.
    if !hasStop, text[end].text.count == 1, !text[end + 1].isMark(".") { return nil }
    let ends = hasStop && SentenceEnds.isEnd(text, at: end, precedesName: text[end].space != .paragraph)
    return Reading(title, end: end).endingSentence(ends)
  }

  private static func isName(_ lexeme: Lexeme) -> Bool {
    lexeme.isCapitalized && !(lexeme.isCapitals && lexeme.text.count > 3)
  }

  /// Whether "St" or "Dr" after a capitalized word is a street: no name follows, or a house number precedes.
  private static func isStreet(_ text: Lexemes, _ index: Int, _ end: Int) -> Bool {
    let next = text[end]
    if next.space == .paragraph || !isName(next) || SentenceEnds.startsSentences(next) { return true }
    return (1...3).contains { text[index - 1 - $0].isDigits }
  }

  private static let titles = [
    "mr": "mister", "mrs": "missus", "ms": "miz", "mx": "mix", "dr": "doctor", "st": "saint",
    "prof": "professor", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain", "cpt": "captain",
    "cmdr": "commander", "col": "colonel", "gen": "general", "maj": "major", "cpl": "corporal",
    "pvt": "private", "adm": "admiral", "rev": "reverend", "fr": "father", "sr": "sister", "hon": "honorable",
    "gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "mme": "madam",
    "mt": "mount", "ft": "fort", "messrs": "messers", "supt": "superintendent", "drs": "doctors",
    "det": "detective", "insp": "inspector", "sec": "secretary", "atty": "attorney", "pt": "point",
  ]
  /// Titles that are words or other abbreviations unless a name follows.
  private static let needsName: Set = [
    "fr", "sr", "rep", "sen", "gen", "col", "ft", "mt", "sec", "pt", "det",
  ]
  private static let suffixes = ["jr": "junior", "sr": "senior", "esq": "esquire"]
  private static let streets = [
    "st": "street", "dr": "drive", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "rd": "road",
    "ln": "lane", "ct": "court", "pl": "place", "sq": "square", "pkwy": "parkway", "hwy": "highway",
    "ter": "terrace", "cir": "circle",
  ]
}
