/// Converts the International Phonetic Alphabet to ARPAbet phonemes.
public enum IPA {
  /// Whether a line looks like IPA rather than ARPAbet: it contains non-ASCII characters.
  public static func isLikely(_ text: String) -> Bool { text.contains { !$0.isASCII } }

  /// Converts IPA to a phoneme line in the format of `Pronunciation`.
  ///
  /// Stress marks precede their syllable, white space separates words, and commas, full stops and question
  /// marks end phrases. A symbol without an ARPAbet equivalent becomes the nearest one.
  /// - Parameter strict: whether an unsupported symbol is an error; otherwise it is ignored.
  /// - Throws: `Pronunciation.ParseError` for an unsupported symbol, if `strict` is true.
  public static func phonemes(of text: String, strict: Bool = true) throws(Pronunciation.ParseError) -> String
  {
    var parts: [String] = []
    var stress = 0
    var remaining = Array(text.unicodeScalars)[...]
    while let first = remaining.first {
      if first == "ˈ" || first == "ˌ" {
        stress = first == "ˈ" ? 1 : 2
        remaining.removeFirst()
      } else if let (names, length) = phonemes(at: remaining) {
        remaining.removeFirst(length)
        let isLong = remaining.first == "ː"
        for (k, name) in names.enumerated() {
          let isVowel = Phoneme(name).isVowel
          parts.append(
            Phoneme(name, stress: isVowel ? stress : 0, isLong: isLong && k == names.count - 1).notation)
          if isVowel { stress = 0 }
        }
      } else {
        guard let boundary = boundaries[first] ?? (isIgnored(first) || !strict ? "" : nil) else {
          throw Pronunciation.ParseError(
            reason: "contains '\(first)', which is not a supported IPA symbol")
        }
        // Of several consecutive boundaries the first applies, except that any replaces a word boundary.
        if !boundary.isEmpty, let last = parts.last {
          if last == "-" { parts.removeLast() }
          if last == "-" || last.first?.isLetter == true { parts.append(boundary) }
        }
        remaining.removeFirst()
      }
    }
    return parts.joined(separator: " ")
  }

  private static func phonemes(at text: ArraySlice<Unicode.Scalar>) -> (names: [String], length: Int)? {
    for length in stride(from: min(3, text.count), through: 1, by: -1) {
      var symbol = String.UnicodeScalarView()
      symbol.append(contentsOf: text.prefix(length))
      if let names = table[String(symbol)] { return (names.split(separator: " ").map(String.init), length) }
    }
    return nil
  }

  /// Whether a symbol does not change the ARPAbet phoneme: length, ties, separators, most diacritics.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    "ːˑ_͡ʰʲʷˠˤ̩̯̃‿ʔ()[]".unicodeScalars.contains(scalar)
      || scalar.properties.generalCategory == .nonspacingMark
  }

  private static let boundaries: [Unicode.Scalar: String] = [
    " ": "-", "\n": ".", "\r": ".", "\t": "-", ",": ",", ";": ",", ".": ".", "!": ".", "?": "?", "/": "/",
    "-": "-",
    "|": "/",
  ]

  private static let table = Dictionary(
    lines.split(separator: "\n").flatMap { line -> [(String, String)] in
      let sides = line.split(separator: "=", maxSplits: 1)
      return sides[0].split(separator: " ").map { (String($0), String(sides[1])) }
    }, uniquingKeysWith: { first, _ in first })

  // A consonant without an ARPAbet equivalent maps to the nearest in place and manner of articulation, a
  // vowel to the nearest in height and backness.
  private static let lines = """
    iː i=IY
    ɪ=IH
    e ɛ ẽ ε=EH
    æ=AE
    a ɑː ɑ ɒ ä ã ɶ=AA
    ɔː ɔ=AO
    ʊ=UH
    uː u=UW
    ʌ ɤ=AH
    ə ɐ=AX
    ɜː ɜ ɝ ɚ=ER
    eɪ eː=EY
    aɪ=AY
    ɔɪ ɔø ɔʏ=OY
    aʊ=AW
    oʊ əʊ oː o õ=OW
    y ʏ=UE
    ø ɵ=OE
    œ ɞ=OEH
    ɯ ʉ=UI
    ɨ ᵻ ɘ=IX
    w ʍ=W
    j ɥ ʝ=Y
    ɹ ɻ ɾ ɽ=R
    r=RR
    l ɫ ɭ ʟ=L
    ʎ=L Y
    h ɦ ħ ʕ=HH
    x χ ʁ ʀ=XX
    ç ɬ=CX
    m ɱ=M
    n ɳ=N
    ɲ=N Y
    ŋ ɴ=NG
    f ɸ=F
    v β ʋ ⱱ=V
    θ=TH
    ð=DH
    s=S
    z=Z
    ʃ ʂ ɕ=SH
    ʒ ʐ ʑ=ZH
    p=P
    b ɓ ʙ=B
    t ʈ=T
    d ɖ ɗ=D
    k q c=K
    g ɡ ɟ ɣ ɠ ɢ=G
    tʃ t͡ʃ ʧ=CH
    dʒ d͡ʒ ʤ=JH
    ts ʦ=T S
    dz ʣ=D Z
    pf=P F
    """
}
