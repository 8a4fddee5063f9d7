/// Speech written in the International Phonetic Alphabet, as the sounds that the whisper has.
public enum IPA {
  /// Whether a line looks like IPA rather than ARPAbet names.
  public static func isLikely(_ text: String) -> Bool { text.contains { !$0.isASCII } }

  /// A line of phonemes, as `Pronunciation` writes them, from IPA: stress marks stand before their syllable, white space parts
  /// words, and commas, full stops and question marks end phrases.
  /// - Parameter strict: whether a sign that is no sound is refused rather than passed over.
  /// - Throws: `Pronunciation.ParseError` for a sign that is no sound.
  public static func phonemes(of text: String, strict: Bool = true) throws(Pronunciation.ParseError) -> String
  {
    var parts: [String] = []
    var stress = 0
    var rest = Array(text.unicodeScalars)[...]
    while let first = rest.first {
      if first == "ˈ" || first == "ˌ" {
        stress = first == "ˈ" ? 1 : 2
        rest.removeFirst()
      } else if let (names, length) = sounds(at: rest) {
        rest.removeFirst(length)
        let isLong = rest.first == "ː"
        for (k, name) in names.enumerated() {
          let isVowel = Phoneme(name).isVowel
          parts.append(
            Phoneme(name, stress: isVowel ? stress : 0, isLong: isLong && k == names.count - 1).written)
          if isVowel { stress = 0 }
        }
      } else {
        guard let pause = pauses[first] ?? (isMark(first) || !strict ? "" : nil) else {
          throw Pronunciation.ParseError(
            reason: "has '\(first)', which is no sound of the phonetic alphabet that is known here")
        }
        // Of several breaks in a row one is enough, and a space is the least.
        if !pause.isEmpty, let last = parts.last {
          if last == "-" { parts.removeLast() }
          if last == "-" || last.first?.isLetter == true { parts.append(pause) }
        }
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
    "ːˑ_͡ʰʲʷˠˤ̩̯̃‿ʔ()[]".unicodeScalars.contains(scalar)
      || scalar.properties.generalCategory == .nonspacingMark
  }

  private static let pauses: [Unicode.Scalar: String] = [
    " ": "-", "\n": ".", "\r": ".", "\t": "-", ",": ",", ";": ",", ".": ".", "!": ".", "?": "?", "/": "/",
    "-": "-",
    "|": "/",
  ]

  private static let table = Dictionary(
    lines.split(separator: "\n").flatMap { line -> [(String, String)] in
      let sides = line.split(separator: "=", maxSplits: 1)
      return sides[0].split(separator: " ").map { (String($0), String(sides[1])) }
    }, uniquingKeysWith: { first, _ in first })

  // What has no sound of its own takes the one nearest by place and manner, a vowel the one nearest in height and backness.
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
