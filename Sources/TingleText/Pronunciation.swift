/// English text as the sounds of a slow reader: a line of phonemes, the language that the whisper speaks.
///
/// Sounds are ARPAbet names, vowels with their stress (`OW1`); `-` parts words, `,` is a comma's rest, `/` a breath within a
/// sentence, `.` and `?` the ends of a statement and a question.
public enum Pronunciation {
  /// Why a text cannot be read, as the rest of a sentence about it.
  public struct ParseError: Error, Equatable {
    /// The reason, and what would be right.
    public let reason: String

    /// A refusal.
    public init(reason: String) { self.reason = reason }
  }

  /// The longest text that is read, in characters: some half an hour of slow whispering.
  public static let mostCharacters = 12_000
  /// A reader breathes at least after so many words.
  private static let mostWordsInBreath = 9

  /// How `text` is said.
  /// - Throws: `ParseError` for text in other scripts, too long, or without anything to say.
  public static func phonemes(of text: String) throws(ParseError) -> String {
    guard text.count <= mostCharacters else {
      throw ParseError(reason: "has \(text.count) characters; at most \(mostCharacters) are read")
    }
    try check(text)
    let tokens = Normalizer(text).tokens
    guard tokens.contains(where: { if case .word = $0 { true } else { false } }) else {
      throw ParseError(reason: "has no words in it; write what is to be whispered")
    }
    return line(tokens)
  }

  /// Says no to letters of another script than Latin; signs and pictures are passed over.
  private static func check(_ text: String) throws(ParseError) {
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic && scalar.value > 0x24F {
      // Letters of mathematics and modifiers are signs.
      guard scalar.properties.generalCategory != .modifierLetter, scalar.value < 0x1F000 else { continue }
      throw ParseError(
        reason:
          "has the letter '\(scalar)', which is not English; name the text's language, as in 'language: ru' or --language ru"
      )
    }
  }

  private static func line(_ tokens: [Normalizer.Token]) -> String {
    var parts: [String] = []
    var wordsInBreath = 0
    for (k, token) in tokens.enumerated() {
      switch token {
      case .word(let word):
        let next = k + 1 < tokens.count ? tokens[k + 1] : .stop
        if wordsInBreath > 0 { parts.append("-") }
        parts += sounds(of: word, before: next).map(\.written)
        wordsInBreath += 1
        // A long breath ends before a small word rather than after it.
        if case .word(let following) = next, wordsInBreath >= mostWordsInBreath - 3 {
          if WeakForms.isSmall(following) && !WeakForms.isSmall(word) || wordsInBreath >= mostWordsInBreath {
            parts.append("/")
            wordsInBreath = 0
          }
        }
      case .comma:
        parts.append(wordsInBreath >= 4 ? "/" : ",")
        if wordsInBreath >= 4 { wordsInBreath = 0 }
      case .stop, .question:
        parts.append(token == .stop ? "." : "?")
        wordsInBreath = 0
      }
    }
    return parts.joined(separator: " ")
  }

  private static func sounds(of word: String, before next: Normalizer.Token) -> [Phoneme] {
    if case .word(let following) = next, WeakForms.isSmall(word) {
      let beforeVowel = Lexicon.sounds(of: following)?.first?.isVowel ?? false
      if let weak = WeakForms.sounds(of: word, beforeVowel: beforeVowel) { return weak }
    }
    if let known = Lexicon.sounds(of: word) { return known }
    // A possessive or a plural of a known word.
    if word.hasSuffix("'s"), let stem = Lexicon.sounds(of: String(word.dropLast(2))), let last = stem.last {
      return stem + ending(after: last)
    }
    return LetterToSound.sounds(of: word)
  }

  private static func ending(after sound: Phoneme) -> [Phoneme] {
    if ["S", "Z", "SH", "ZH", "CH", "JH"].contains(sound.name) { return [Phoneme("IH"), Phoneme("Z")] }
    return [Phoneme(["P", "T", "K", "F", "TH"].contains(sound.name) ? "S" : "Z")]
  }
}
