/// Decides whether the full stop of an abbreviation also ends the sentence.
enum SentenceEnds {
  /// Whether a sentence ends after an abbreviation.
  ///
  /// It does at the end of a paragraph, before a capitalized word that often starts a sentence ("The", "We"),
  /// and, after a unit, before any capital. It does not before lower case, a figure or a comma.
  /// - Parameters:
  ///   - index: the index of the first lexeme after the abbreviation.
  ///   - precedesName: whether a name follows the abbreviation, so that its full stop never ends a sentence.
  ///   - isUnit: whether the abbreviation is a unit of measurement.
  static func isEnd(
    _ text: Lexemes, at index: Int, precedesName: Bool = false, isUnit: Bool = false
  ) -> Bool {
    let next = text.indexAfterClosingMarks(index)
    if text[next].space == .paragraph { return true }
    let lexeme = text[text[next].isMark("\"'(") ? next + 1 : next]
    guard !precedesName, lexeme.isCapitalized else { return false }
    return isUnit || startsSentences(lexeme)
  }

  /// Whether a capitalized word is one that often starts a sentence.
  static func startsSentences(_ lexeme: Lexeme) -> Bool {
    lexeme.isCapitalized && !(lexeme.isCapitals && lexeme.text.count > 1)
      && starters.contains(lexeme.lowercased)
  }

  private static let starters: Set = [
    "the", "a", "an", "this", "that", "these", "those", "it", "it's", "he", "he's", "she", "she's", "we",
    "we're", "we'll", "you", "you're", "you'll", "they", "they're", "i", "i'm", "i'll", "i've", "i'd",
    "there", "there's", "here", "here's", "then", "when", "if", "but", "and", "so", "or", "as", "in", "on",
    "at", "for", "from", "to", "with", "of", "by", "no", "not", "yes", "my", "your", "his", "her", "our",
    "their", "its", "what", "what's", "who", "where", "why", "how", "let", "let's", "now", "after", "before",
    "while", "once", "just", "please", "do", "don't", "did", "does", "is", "are", "was", "were", "can",
    "could", "will", "would", "should", "have", "has", "close", "breathe", "listen", "relax", "rest",
    "sleep", "feel", "take", "come", "go", "keep", "next", "today", "tomorrow", "tonight", "everyone",
    "everything", "nothing", "someone", "something", "all", "some", "many", "most", "each",
    "every", "both", "also", "however", "later", "soon", "still", "maybe", "perhaps", "good", "thank",
    "thanks", "goodbye", "goodnight", "bye", "hello", "okay", "well", "oh", "because", "although", "since",
    "until", "meanwhile", "finally", "first", "second", "imagine", "inhale", "exhale", "hold", "think",
  ]
}
