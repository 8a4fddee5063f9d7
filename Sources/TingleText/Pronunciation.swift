/// The text front end: English text -> words -> weak forms, lexicon or G2P -> a phoneme line.
///
/// In a phoneme line, phonemes are ARPAbet names, and vowels carry their stress (`OW1`). `-` separates words,
/// `,` is the pause of a comma, `/` a breath within a sentence, `.` ends a statement and `?` a question.
public enum Pronunciation {
  /// A text that cannot be converted to phonemes.
  public struct ParseError: Error, Equatable {
    /// What is wrong and what would be right; it follows the name of the text or parameter.
    public let reason: String

    /// Creates an error.
    public init(reason: String) { self.reason = reason }
  }

  /// The maximum length of a text in characters: about half an hour of slow whispering.
  public static let maximumCharacters = 12_000
  /// The maximum number of words between two breaths.
  private static let maximumWordsPerBreathGroup = 9

  /// Converts English text to a phoneme line.
  /// - Throws: `ParseError` if the text is in a script other than Latin, too long, or without words.
  public static func phonemes(of text: String) throws(ParseError) -> String {
    guard text.count <= maximumCharacters else {
      throw ParseError(reason: "has \(text.count) characters; at most \(maximumCharacters) are allowed")
    }
    try checkScript(text)
    let tokens = Normalizer(text).tokens
    guard tokens.contains(where: { if case .word = $0 { true } else { false } }) else {
      throw ParseError(reason: "contains no words; write the text to whisper")
    }
    return line(tokens)
  }

  /// Rejects letters of scripts other than Latin; symbols and emoji are allowed, and ignored later.
  private static func checkScript(_ text: String) throws(ParseError) {
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic && scalar.value > 0x24F {
      // Mathematical letters and modifier letters count as symbols.
      guard scalar.properties.generalCategory != .modifierLetter, scalar.value < 0x1F000 else { continue }
      throw ParseError(
        reason:
          "contains the letter '\(scalar)', which is not English; "
          + "set the language of the text, for example 'language: ru' or --language ru"
      )
    }
  }

  private static func line(_ tokens: [Normalizer.Token]) -> String {
    var parts: [String] = []
    var wordsInBreathGroup = 0
    for (k, token) in tokens.enumerated() {
      switch token {
      case .word(let word):
        let next = k + 1 < tokens.count ? tokens[k + 1] : .stop
        if wordsInBreathGroup > 0 { parts.append("-") }
        parts += phonemes(of: word, before: next).map(\.notation)
        wordsInBreathGroup += 1
        // A long breath group ends before a function word rather than after it.
        if case .word(let following) = next, wordsInBreathGroup >= maximumWordsPerBreathGroup - 3 {
          let isPhraseEdge = WeakForms.isFunctionWord(following) && !WeakForms.isFunctionWord(word)
          if isPhraseEdge || wordsInBreathGroup >= maximumWordsPerBreathGroup {
            parts.append("/")
            wordsInBreathGroup = 0
          }
        }
      case .comma:
        parts.append(wordsInBreathGroup >= 4 ? "/" : ",")
        if wordsInBreathGroup >= 4 { wordsInBreathGroup = 0 }
      case .stop, .question:
        parts.append(token == .stop ? "." : "?")
        wordsInBreathGroup = 0
      }
    }
    return parts.joined(separator: " ")
  }

  /// The phonemes of a word: its weak form if it is a function word, else the lexicon's, else those of G2P.
  private static func phonemes(of word: String, before next: Normalizer.Token) -> [Phoneme] {
    if case .word(let following) = next, WeakForms.isFunctionWord(word) {
      let beforeVowel = Lexicon.phonemes(of: following)?.first?.isVowel ?? false
      if let weak = WeakForms.phonemes(of: word, beforeVowel: beforeVowel) { return weak }
    }
    if let listed = Lexicon.phonemes(of: word) { return listed }
    // The possessive of a word in the lexicon.
    if word.hasSuffix("'s"), let stem = Lexicon.phonemes(of: String(word.dropLast(2))), let last = stem.last {
      return stem + ending(after: last)
    }
    return LetterToSound.phonemes(of: word)
  }

  /// The possessive ending after the last phoneme of a word: /ɪz/, /s/ or /z/.
  private static func ending(after last: Phoneme) -> [Phoneme] {
    if ["S", "Z", "SH", "ZH", "CH", "JH"].contains(last.name) { return [Phoneme("IH"), Phoneme("Z")] }
    return [Phoneme(["P", "T", "K", "F", "TH"].contains(last.name) ? "S" : "Z")]
  }
}
