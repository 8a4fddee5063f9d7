import Foundation

/// Reduces text to ASCII letters, Greek letters and symbols: the compatibility forms of NFKC, base letters
/// without diacritics, one apostrophe, and no invisible characters.
enum UnicodeFolding {
  /// A folded text, and the words that were transliterated from another script.
  struct Folded: Equatable {
    var text: String
    var transliterated: [String] = []
  }

  static func fold(_ text: String) -> Folded {
    guard !text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != 0x60 || $0 == 0x0A }) else {
      return Folded(text: text)
    }
    let mapped = compatibilityMapped(text).precomposedStringWithCompatibilityMapping
    var folded = transliterated(mapped)
    folded.text = baseLetters(folded.text)
    return folded
  }

  /// Removes characters that are not visible: soft hyphens, zero-width spaces and joiners, variation
  /// selectors, controls other than line breaks and tabs.
  static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isInvisible(scalar) { result.append(scalar) }
    return String(result)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .format: return true
    case .control: return !scalar.properties.isWhitespace
    default: return false
    }
  }

  /// Applies the mappings that NFKC lacks or that depend on the neighbours, and removes invisible characters.
  private static func compatibilityMapped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (k, scalar) in scalars.enumerated() {
      let previous = result.last
      let next = k + 1 < scalars.count ? scalars[k + 1] : " "
      if isInvisible(scalar) { continue }
      switch scalar {
      case "`":
        // A grave accent between letters is an apostrophe; elsewhere it marks code.
        if previous?.properties.isAlphabetic == true, next.properties.isAlphabetic { result.append("'") }
      case "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}":
        // A no-break or thin space between a digit and three digits groups them.
        let group = scalars[(k + 1)...].prefix { isDigit($0) }.prefix(4).count
        if previous.map(isDigit) != true || group != 3 { result.append(" ") }
      case "\u{B2}", "\u{B3}", "\u{B9}", "\u{2070}"..."\u{207B}":
        if !superscripts.contains(k > 0 ? scalars[k - 1] : " ") { result.append("^") }
        result.append(scalar)
      case "\u{BC}"..."\u{BE}", "\u{2150}"..."\u{215E}", "\u{2189}":
        // The fraction of a mixed number: 2½ becomes "2 1⁄2".
        if previous.map(isDigit) == true { result.append(" ") }
        result.append(scalar)
      case "\u{2460}"..."\u{249B}", "\u{2776}"..."\u{2793}":
        // Numbers in circles stand alone.
        result.append(contentsOf: " \(scalar) ".unicodeScalars)
      default:
        if let replacement = replacements[scalar] {
          result.append(contentsOf: replacement.unicodeScalars)
        } else {
          result.append(scalar)
        }
      }
    }
    return String(result)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }

  private static let superscripts = Set("²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻".unicodeScalars)

  private static let replacements: [Unicode.Scalar: String] = [
    "\u{B4}": "'", "\u{2B9}": "'", "\u{2BB}": "'", "\u{2BC}": "'", "\u{2018}": "'", "\u{2019}": "'",
    "\u{201A}": "'", "\u{201B}": "'", "\u{2032}": "'", "\u{FF07}": "'", "\u{2035}": "'", "\u{A78C}": "'",
    "\u{55A}": "'",
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{201F}": "\"", "\u{2033}": "\"", "«": "\"",
    "»": "\"", "‹": "\"", "›": "\"",
    "\u{2010}": "-", "\u{2011}": "-", "\u{FE63}": "-", "\u{2012}": "–", "\u{2015}": "—",
    "№": " No. ", "™": "", "®": "", "℠": "", "。": ". ", "、": ", ", "\u{2028}": "\n", "\u{2029}": "\n\n",
    "≠": " != ", "º": "°", "ª": "",
  ]

  /// Transliterates words of scripts other than Latin; single Greek letters remain.
  private static func transliterated(_ text: String) -> Folded {
    guard text.unicodeScalars.contains(where: Script.isForeign) else { return Folded(text: text) }
    var pieces = [""]
    var wasLetter = false
    for character in text {
      if character.isLetter != wasLetter { pieces.append("") }
      wasLetter = character.isLetter
      pieces[pieces.count - 1].append(character)
    }
    let foreign = pieces.indices.filter { Script.isForeignWord(pieces[$0]) }
    let words = foreign.map { pieces[$0] }
    // One call for all words: each takes most of a millisecond.
    let latin = words.joined(separator: "\n").applyingTransform(.toLatin, reverse: false) ?? ""
    let lines = latin.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count == words.count {
      for (index, line) in zip(foreign, lines) { pieces[index] = String(line) }
    }
    return Folded(text: pieces.joined(), transliterated: words)
  }

  /// Removes diacritics, and replaces Latin letters that have no decomposition.
  private static func baseLetters(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark, .modifierLetter: continue
      default: break
      }
      if let letters = latinLetters[scalar] {
        result.append(contentsOf: letters.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static let latinLetters: [Unicode.Scalar: String] = [
    "ß": "ss", "ẞ": "SS", "æ": "e", "Æ": "E", "œ": "e", "Œ": "E", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "ng",
    "Ŋ": "Ng", "ə": "a", "Ə": "A", "ƒ": "f", "ŧ": "t", "Ŧ": "T", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o",
    "ȷ": "j", "ƙ": "k", "ƴ": "y", "ɨ": "i", "ʉ": "u", "ɣ": "g", "ǝ": "e", "ɩ": "i", "ʋ": "v", "ĸ": "k",
  ]
}
