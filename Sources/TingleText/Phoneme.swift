/// A sound by its ARPAbet name, and how it is stressed. `AX` is the neutral vowel of "about"; what English lacks has names
/// of its own: the vowels `UE` (y), `OE` (ø), `OEH` (œ), `UI` (ɯ), `IX` (ɨ), and `CX` (ç), `XX` (x), `RR` (a rolled r).
public struct Phoneme: Sendable, Equatable {
  /// `IY`, `K`, ...
  public let name: String
  /// 0 none, 1 the word's main stress, 2 a lesser one.
  public let stress: Int
  /// Whether it is held for longer than others of its kind.
  public let isLong: Bool

  /// A sound.
  public init(_ name: String, stress: Int = 0, isLong: Bool = false) {
    self.name = name
    self.stress = stress
    self.isLong = isLong
  }

  /// Every sound of English, in the order of the lexicon's codes, which begin at 1.
  static let names =
    ("IY IH EH AE AA AO UH UW AH AX ER EY AY OY AW OW W Y R L HH M N NG F V TH DH S Z SH ZH P B T D K G CH JH")
    .split(separator: " ").map(String.init)

  /// The vowels stand first.
  private static let vowelNames = Set(names.prefix(16) + ["UE", "OE", "OEH", "UI", "IX"])

  /// A sound of the lexicon: its index in the lower six bits, its stress above.
  init(code: UInt8) { self.init(Self.names[Int(code & 63) - 1], stress: Int(code >> 6)) }

  /// Whether it makes a syllable.
  public var isVowel: Bool { Self.vowelNames.contains(name) }
  /// As it is written in a line of phonemes: `OW1`, or `OW1:` where it is held.
  public var written: String { "\(name)\(stress > 0 ? "\(stress)" : "")\(isLong ? ":" : "")" }

  /// Sounds from a line such as `K L OW1 Z`.
  static func list(_ text: String) -> [Phoneme] {
    text.split(separator: " ").map { word in
      guard let digit = word.last?.wholeNumberValue else { return Phoneme(String(word)) }
      return Phoneme(String(word.dropLast()), stress: digit)
    }
  }
}
