/// Speech written in the International Phonetic Alphabet, as the sounds of English that are nearest.
public enum IPA {
  /// Whether a line looks like IPA rather than ARPAbet names.
  public static func isLikely(_ text: String) -> Bool { text.contains { !$0.isASCII } }

  /// A line of phonemes, as `Reading` writes them, from IPA: stress marks stand before their syllable, white space parts
  /// words, and commas, full stops and question marks end phrases.
  /// - Throws: `Reading.Refusal` for a sign that is no sound.
  public static func phonemes(of text: String) throws(Reading.Refusal) -> String {
    var parts: [String] = []
    var stress = 0
    var rest = Array(text.unicodeScalars)[...]
    while let first = rest.first {
      if first == "ˈ" || first == "ˌ" {
        stress = first == "ˈ" ? 1 : 2
        rest.removeFirst()
      } else if let (names, length) = sounds(at: rest) {
        for name in names {
          let sound = Sound(name, stress: Sound(name).isVowel ? stress : 0)
          parts.append(sound.written)
          if sound.isVowel { stress = 0 }
        }
        rest.removeFirst(length)
      } else {
        guard let pause = pauses[first] ?? (isMark(first) ? "" : nil) else {
          throw Reading.Refusal(
            reason: "has '\(first)', which is no sound of the phonetic alphabet that is known here")
        }
        if !pause.isEmpty, parts.last != pause { parts.append(pause) }
        rest.removeFirst()
      }
    }
    return parts.joined(separator: " ")
  }

  private static func sounds(at text: ArraySlice<Unicode.Scalar>) -> (names: [String], length: Int)? {
    for length in stride(from: min(3, text.count), through: 1, by: -1) {
      var symbol = String.UnicodeScalarView()
      symbol.append(contentsOf: text.prefix(length))
      if let names = table[String(symbol)] { return (names.split(separator: " ").map(String.init), length) }
    }
    return nil
  }

  /// Length, ties, separators and marks that change no sound's name.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    "ːˑ_͡ʰʲʷˠ̩̯̃‿ʔ()[]".unicodeScalars.contains(scalar) || scalar.properties.generalCategory == .nonspacingMark
  }

  private static let pauses: [Unicode.Scalar: String] = [
    " ": "-", "\n": ".", "\t": "-", ",": ",", ";": ",", ".": ".", "!": ".", "?": "?", "/": "/", "-": "-",
    "|": "/",
  ]

  // What English lacks is said with what is nearest by place and height.
  private static let table: [String: String] = [
    "iː": "IY", "i": "IY", "ɪ": "IH", "e": "EH", "ɛ": "EH", "æ": "AE", "a": "AA", "ɑː": "AA", "ɑ": "AA",
    "ɒ": "AA",
    "ɔː": "AO", "ɔ": "AO", "ʊ": "UH", "uː": "UW", "u": "UW", "ʌ": "AH", "ə": "AX", "ɐ": "AX", "ɜː": "ER",
    "ɜ": "ER",
    "ɝ": "ER", "ɚ": "ER", "eɪ": "EY", "eː": "EY", "aɪ": "AY", "ɔɪ": "OY", "ɔø": "OY", "ɔʏ": "OY", "aʊ": "AW",
    "oʊ": "OW", "əʊ": "OW", "oː": "OW", "o": "OW", "y": "IY", "yː": "IY", "ʏ": "IH", "ø": "ER", "øː": "ER",
    "œ": "EH", "ɯ": "UH", "ɨ": "IH", "ʉ": "UW", "ɤ": "AH",
    "w": "W", "ʍ": "W", "j": "Y", "ɥ": "Y", "ɹ": "R", "r": "R", "ɾ": "R", "ʁ": "R", "ʀ": "R", "ɻ": "R",
    "l": "L",
    "ɫ": "L", "ʎ": "L Y", "h": "HH", "ɦ": "HH", "x": "HH", "χ": "HH", "ħ": "HH", "m": "M", "n": "N",
    "ɲ": "N Y",
    "ŋ": "NG", "f": "F", "ɸ": "F", "v": "V", "β": "V", "ʋ": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z",
    "ʃ": "SH",
    "ʂ": "SH", "ɕ": "SH", "ç": "SH", "ʒ": "ZH", "ʐ": "ZH", "ʑ": "ZH", "p": "P", "b": "B", "t": "T", "ʈ": "T",
    "d": "D", "ɖ": "D", "k": "K", "q": "K", "c": "K", "g": "G", "ɡ": "G", "ɟ": "G", "ɣ": "G", "tʃ": "CH",
    "t͡ʃ": "CH",
    "dʒ": "JH", "d͡ʒ": "JH", "ts": "T S", "dz": "D Z", "pf": "P F",
  ]
}
