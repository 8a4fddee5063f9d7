/// The weak forms of English function words in slow, clear speech: unstressed, some with a reduced vowel.
enum WeakForms {
  /// Whether a word is a function word: an article, preposition, pronoun, conjunction or auxiliary.
  static func isFunctionWord(_ word: String) -> Bool { table[word] != nil }

  /// The weak form of a function word, or nil for any other word.
  /// - Parameter beforeVowel: whether the next word starts with a vowel, which changes "the".
  static func phonemes(of word: String, beforeVowel: Bool) -> [Phoneme]? {
    if word == "the" { return Phoneme.list(beforeVowel ? "DH IY" : "DH AX") }
    return table[word].map(Phoneme.list)
  }

  private static let table = [
    "the": "DH AX", "a": "AX", "an": "AX N", "of": "AH V", "to": "T UW", "and": "AE N D", "for": "F ER",
    "from": "F R AH2 M", "at": "AE2 T", "as": "AE Z", "in": "IH2 N", "on": "AA N", "or": "AO R",
    "but": "B AX T",
    "than": "DH AX N", "with": "W IH DH", "by": "B AY", "into": "IH N T UW", "your": "Y ER", "you": "Y UW",
    "my": "M AY", "his": "HH IH Z", "her": "HH ER", "him": "HH IH M", "he": "HH IY", "she": "SH IY",
    "we": "W IY",
    "me": "M IY", "us": "AX S", "it": "IH T", "its": "IH T S", "our": "AA R", "their": "DH EH R",
    "them": "DH AX M",
    "they": "DH EY", "i": "AY", "is": "IH Z", "are": "AA R", "was": "W AA2 Z", "were": "W ER", "be": "B IY",
    "been": "B IH N", "am": "AE M", "has": "HH AE Z", "have": "HH AE V", "had": "HH AE D", "do": "D UW",
    "can": "K AE N", "could": "K UH D", "will": "W IH L", "would": "W UH2 D", "should": "SH UH D",
    "may": "M EY",
    "that": "DH AE T", "this": "DH IH2 S", "if": "IH F", "so": "S OW", "some": "S AH2 M", "there": "DH EH R",
  ]
}
