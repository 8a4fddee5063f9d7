import TingleDSP
import TingleSupport
import TingleText

/// A trigger with a text that is replaced by what it stands for once all parameters are set: words by
/// phonemes, the name of a file by its contents.
protocol TextTrigger {
  /// Converts the text if it differs from that of `previous`.
  /// - Parameter folder: the folder against which relative paths are resolved.
  /// - Returns: the parameter at fault and the reason, or nil.
  mutating func convertText(changedFrom previous: Self?, in folder: String)
    -> (parameter: String, reason: String)?
}

extension Trigger {
  /// Converts the text of a `TextTrigger`; other triggers are unchanged.
  /// - Parameters:
  ///   - previous: the trigger before its parameters were set.
  ///   - folder: the folder against which relative paths are resolved.
  /// - Returns: the parameter at fault and the reason, or nil.
  mutating func convertText(changedFrom previous: (any Trigger)?, in folder: String = ".")
    -> (parameter: String, reason: String)?
  {
    func convert<T: TextTrigger>(_ trigger: inout T) -> (parameter: String, reason: String)? {
      trigger.convertText(changedFrom: previous as? T, in: folder)
    }
    guard var trigger = self as? any TextTrigger else { return nil }
    let fault = convert(&trigger)
    if let converted = trigger as? Self { self = converted }
    return fault
  }
}

extension Whisper: TextTrigger {
  mutating func convertText(changedFrom previous: Whisper?, in folder: String = ".")
    -> (parameter: String, reason: String)?
  {
    if let previous {
      if (text, phonemes, language) == (previous.text, previous.phonemes, previous.language) { return nil }
      // New phonemes replace an unchanged text.
      if phonemes != previous.phonemes, text == previous.text { text = "" }
    }
    if let languageFault { return ("language", languageFault) }
    do {
      if !text.isEmpty {
        phonemes = try read(text).phonemes
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

  /// The same whisper with other words, in its language.
  /// - Throws: `UserError` (usage) for words that cannot be pronounced.
  public func saying(_ words: String) throws -> Whisper {
    var whisper = self
    // An empty text means "no text" to `convertText`; a space is a text without words, which is an error.
    whisper.text = words.isEmpty ? " " : words
    if let (parameter, reason) = whisper.convertText(changedFrom: nil) {
      throw UserError(.usage, "\(parameter): \(reason)")
    }
    return whisper
  }

  /// The words and phonemes of the text, sentence by sentence.
  /// - Throws: `UserError` (usage) for a text that cannot be pronounced.
  public func reading() throws -> Pronunciation.Reading {
    if let languageFault { throw UserError(.usage, "language: \(languageFault)") }
    do { return try read(text) } catch let error as Pronunciation.ParseError {
      throw UserError(.usage, "text: \(error.reason)")
    } catch let error as ESpeak.Unavailable {
      throw UserError(.usage, "language: \(error.reason)")
    }
  }

  /// What of the text is not read as it is written, such as "the symbols '☂' are not read".
  public var notices: [String] {
    Languages.isEnglish(language)
      ? Pronunciation.notices(for: text) : Pronunciation.plainText(of: text).notices
  }

  private func read(_ text: String) throws -> Pronunciation.Reading {
    try Languages.isEnglish(language)
      ? Pronunciation.reading(of: text) : ESpeak.reading(of: text, in: language)
  }

  /// What is wrong with the language; nil for a well-formed language code.
  private var languageFault: String? {
    let isLanguageCode =
      !language.isEmpty && language.count <= 24 && language.first != "-"
      && language.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isLanguageCode ? nil : "'\(language)' is not a language; use a code such as en, de or pt-br"
  }
}
