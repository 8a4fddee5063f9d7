import TingleDSP
import TingleSupport
import TingleText

/// A trigger with text, which is read when all its parameters are known.
protocol ReadsText {
  /// Turns the text into sounds, if it is another than before; where it cannot be read, says which parameter is at fault and why.
  mutating func refusalOfText(before: Self?) -> (parameter: String, reason: String)?
}

extension Trigger {
  /// Reads the text of a trigger that has any, once all its parameters are set.
  /// - Parameter before: the trigger that was changed into this one, if it was.
  mutating func refusalOfWords(before: (any Trigger)?) -> (parameter: String, reason: String)? {
    func refusal<T: ReadsText>(_ reader: inout T) -> (parameter: String, reason: String)? {
      reader.refusalOfText(before: before as? T)
    }
    guard var reader = self as? any ReadsText else { return nil }
    let refusal = refusal(&reader)
    if let read = reader as? Self { self = read }
    return refusal
  }
}

extension Whisper: ReadsText {
  mutating func refusalOfText(before: Whisper?) -> (parameter: String, reason: String)? {
    if let before {
      if (text, phonemes, language) == (before.text, before.phonemes, before.language) { return nil }
      // Sounds take the place of a text.
      if phonemes != before.phonemes, text == before.text { text = "" }
    }
    guard isLanguage(language) else {
      return ("language", "'\(language)' is no language; en, de and pt-br are")
    }
    do {
      if !text.isEmpty {
        phonemes =
          try language == "en" ? Pronunciation.phonemes(of: text) : ESpeak.phonemes(of: text, in: language)
      } else if IPA.isLikely(phonemes) {
        phonemes = try IPA.phonemes(of: phonemes)
      }
      _ = try Speech(phonemes: phonemes)
    } catch let unavailable as ESpeak.Unavailable {
      return ("language", unavailable.reason)
    } catch {
      let reason =
        (error as? Pronunciation.ParseError)?.reason ?? (error as? Speech.ParseError)?.reason ?? "\(error)"
      return (text.isEmpty ? "phonemes" : "text", reason)
    }
    return nil
  }

  /// The same whisper with other words, in its own language.
  /// - Throws: `UserError` (usage) for words that cannot be read.
  public func saying(_ words: String) throws -> Whisper {
    var whisper = self
    // Nothing at all is a text without words, not the absence of a text.
    whisper.text = words.isEmpty ? " " : words
    if let (parameter, reason) = whisper.refusalOfText(before: nil) {
      throw UserError(.usage, "\(parameter): \(reason)")
    }
    return whisper
  }

  private func isLanguage(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 24 && name.first != "-"
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }
}
