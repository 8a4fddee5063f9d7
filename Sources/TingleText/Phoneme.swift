/// A phoneme in ARPAbet, with its stress and length.
///
/// `AX` is schwa, as in "about". Phonemes that English lacks have additional names: the vowels `UE` (y), `OE`
/// (ø), `OEH` (œ), `UI` (ɯ) and `IX` (ɨ), and the consonants `CX` (ç), `XX` (x) and `RR` (an alveolar trill).
public struct Phoneme: Sendable, Equatable {
  /// The ARPAbet name without a stress digit: `IY`, `K`.
  public let name: String
  /// 0 unstressed, 1 primary stress, 2 secondary stress.
  public let stress: Int
  /// Whether it is a long vowel or a geminate consonant.
  public let isLong: Bool

  /// Creates a phoneme.
  public init(_ name: String, stress: Int = 0, isLong: Bool = false) {
    self.name = name
    self.stress = stress
    self.isLong = isLong
  }

  /// The phonemes of English in the order of the lexicon's codes, which start at 1; the 16 vowels are first.
  static let names =
    ("IY IH EH AE AA AO UH UW AH AX ER EY AY OY AW OW "
    + "W Y R L HH M N NG F V TH DH S Z SH ZH P B T D K G CH JH")
    .split(separator: " ").map(String.init)

  private static let vowelNames = Set(names.prefix(16) + ["UE", "OE", "OEH", "UI", "IX"])

  /// Creates a phoneme from a lexicon code: the index in the lower six bits, the stress in the upper two.
  init(code: UInt8) { self.init(Self.names[Int(code & 63) - 1], stress: Int(code >> 6)) }

  /// Whether the phoneme is a vowel, and so the nucleus of a syllable.
  public var isVowel: Bool { Self.vowelNames.contains(name) }
  /// The phoneme in a phoneme line: `OW1`, or `OW1:` if it is long.
  public var notation: String { "\(name)\(stress > 0 ? "\(stress)" : "")\(isLong ? ":" : "")" }

  /// Parses phonemes separated by spaces, such as `K L OW1 Z`.
  static func list(_ text: String) -> [Phoneme] {
    text.split(separator: " ").map { word in
      guard let digit = word.last?.wholeNumberValue else { return Phoneme(String(word)) }
      return Phoneme(String(word.dropLast()), stress: digit)
    }
  }
}
