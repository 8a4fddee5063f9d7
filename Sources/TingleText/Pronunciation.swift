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

  /// A text as it is read.
  public struct Reading: Sendable {
    /// A sentence.
    public struct Sentence: Sendable, Equatable {
      /// The words as they are read, with the punctuation that is heard: "two o'clock."
      public let words: String
      /// The phonemes in ARPAbet or IPA.
      public let phonemes: String

      /// Creates a sentence.
      public init(words: String, phonemes: String) { (self.words, self.phonemes) = (words, phonemes) }
    }

    /// The sentences in order.
    public let sentences: [Sentence]
    /// The phoneme line of the whole text.
    public let phonemes: String
    /// What is not read as it is written: one clause each, such as "the symbols '☂' are not read".
    public let notices: [String]

    /// Creates a reading.
    public init(sentences: [Sentence], phonemes: String, notices: [String]) {
      (self.sentences, self.phonemes, self.notices) = (sentences, phonemes, notices)
    }
  }

  /// Removes markup and invisible characters; what remains can be in any language.
  /// - Returns: the text, and what is not read.
  public static func plainText(of text: String) -> (text: String, notices: [String]) {
    let markup = Markup(text)
    return (UnicodeFolding.visible(markup.text), Normalizer.notices(tags: markup.tags))
  }

  /// What of an English text is not read as it is written.
  public static func notices(for text: String) -> [String] {
    text.count <= maximumCharacters ? Normalizer(text).notices : []
  }

  /// Converts English text to a phoneme line.
  /// - Throws: `ParseError` if the text is in a script other than Latin, too long, or without words.
  public static func phonemes(of text: String) throws(ParseError) -> String { try reading(of: text).phonemes }

  /// Converts English text to words and phonemes.
  /// - Throws: `ParseError` if the text is in a script other than Latin, too long, or without words.
  public static func reading(of text: String) throws(ParseError) -> Reading {
    guard text.count <= maximumCharacters else {
      throw ParseError(reason: "has \(text.count) characters; at most \(maximumCharacters) are allowed")
    }
    try checkScript(text)
    let normalizer = Normalizer(text)
    guard normalizer.tokens.contains(where: { if case .word = $0 { true } else { false } }) else {
      throw ParseError(reason: "contains no words; write the text to whisper")
    }
    let sentences = sentences(normalizer.tokens).map { tokens in
      Reading.Sentence(words: words(tokens), phonemes: line(Array(tokens)))
    }
    let phonemes = sentences.map(\.phonemes).joined(separator: " ")
    return Reading(sentences: sentences, phonemes: phonemes, notices: normalizer.notices)
  }

  /// Rejects a text without Latin letters and digits but with letters of another script.
  private static func checkScript(_ text: String) throws(ParseError) {
    guard let (letter, line) = Script.firstForeignLetter(in: text) else { return }
    throw ParseError(
      reason:
        "contains the letter '\(letter)'\(line > 1 ? " in line \(line)" : ""), which is not English; "
        + "set the language of the text, for example 'language: ru' or --language ru"
    )
  }

  private static func sentences(_ tokens: [Normalizer.Token]) -> [ArraySlice<Normalizer.Token>] {
    var sentences: [ArraySlice<Normalizer.Token>] = []
    var start = 0
    for (k, token) in tokens.enumerated() where token == .stop || token == .question {
      sentences.append(tokens[start...k])
      start = k + 1
    }
    return sentences
  }

  private static func words(_ tokens: ArraySlice<Normalizer.Token>) -> String {
    tokens.reduce(into: "") { text, token in
      switch token {
      case .word(let word): text += text.isEmpty ? word : " \(word)"
      case .comma: text += ","
      case .stop: text += "."
      case .question: text += "?"
      }
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
    if let sound = LetterNames.phonemes(of: word) ?? Interjections.phonemes(of: word) { return sound }
    if case .word(let following) = next, WeakForms.isFunctionWord(word) {
      let beforeVowel =
        (LetterNames.phonemes(of: following) ?? Lexicon.phonemes(of: following))?.first?.isVowel ?? false
      if let weak = WeakForms.phonemes(of: word, beforeVowel: beforeVowel) { return weak }
    }
    if let listed = Lexicon.phonemes(of: word) ?? StretchedWords.phonemes(of: word) { return listed }
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
