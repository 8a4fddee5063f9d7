/// The phonemes of a text to whisper, with stress and prosodic boundaries, divided into breath groups.
///
/// It is parsed from a phoneme line. Phonemes are ARPAbet names; vowels carry their stress (`OW1`), and a
/// colon marks a lengthened phoneme (`T:`). `-` separates words, `,` is a short pause, `/` a breath, and `.`
/// and `?` end a statement and a question. Storage is inline, so that voices can read it without reference
/// counting.
public struct Speech: Sendable {
  /// A phoneme with its stress, length and following boundary, packed into 16 bits.
  struct Symbol: Sendable {
    private let bits: UInt16

    /// The prosodic boundary after a phoneme, from the weakest to the strongest.
    enum Boundary: UInt16, Sendable { case none, word, pause, breath, statement, question }

    init(_ phone: Phone, stress: Int, isLong: Bool, boundary: Boundary) {
      bits =
        UInt16(phone.rawValue) | UInt16(min(3, stress)) << 6 | boundary.rawValue << 8 | (isLong ? 1 << 11 : 0)
    }

    /// A filler for unused storage.
    init() { bits = 0 }

    private init(bits: UInt16) { self.bits = bits }

    /// The same phoneme with another boundary.
    func followed(by boundary: Boundary) -> Symbol { Symbol(bits: bits & ~(7 << 8) | boundary.rawValue << 8) }

    var phone: Phone { Phone(rawValue: UInt8(bits & 63)) ?? .ax }
    /// 0 unstressed, 1 primary stress, 2 secondary stress.
    var stress: Int { Int(bits >> 6 & 3) }
    var boundary: Boundary { Boundary(rawValue: bits >> 8 & 7) ?? .none }
    /// Whether the phoneme is lengthened: a long vowel or a geminate consonant.
    var isLong: Bool { bits >> 11 != 0 }
    var endsBreathGroup: Bool { boundary.rawValue >= Boundary.breath.rawValue }
  }

  /// A phoneme line that cannot be parsed.
  public struct ParseError: Error { public let reason: String }

  /// The maximum length, in phonemes.
  public static let maximumSymbols = 12288
  /// The maximum length of a breath group, in phonemes; a longer one is divided.
  static let maximumSymbolsPerBreathGroup = 48

  private var symbols = InlineArray<12288, Symbol>(repeating: Symbol())
  private(set) var count = 0
  // The index of the first phoneme of each breath group.
  private var starts = InlineArray<1024, Int32>(repeating: 0)
  /// The number of breath groups.
  public private(set) var breathGroupCount = 0

  /// Speech without phonemes.
  public init() {}

  /// Parses a phoneme line.
  public init(phonemes: String) throws(ParseError) { try add(phonemes: phonemes) }

  /// Parses a phoneme line and appends it. After an error, the speech ends within the line.
  mutating func add(phonemes: String) throws(ParseError) {
    var startsBreathGroup = true
    var pending: Symbol?
    for token in phonemes.utf8.split(whereSeparator: { $0 == 0x20 || 0x09...0x0D ~= $0 }).map(Substring.init)
    {
      if let boundary = Self.boundary(token) {
        // Of several consecutive boundaries the strongest applies.
        if let symbol = pending, boundary.rawValue > symbol.boundary.rawValue {
          pending = symbol.followed(by: boundary)
        }
        continue
      }
      guard let symbol = Self.symbol(token) else {
        throw ParseError(
          reason: "'\(token)' is not a phoneme; expected ARPAbet such as K, L, OW1, or one of - , / . ?")
      }
      if let symbol = pending { try append(symbol, &startsBreathGroup) }
      pending = symbol
    }
    if let symbol = pending {
      try append(symbol.endsBreathGroup ? symbol : symbol.followed(by: .statement), &startsBreathGroup)
    }
  }

  private mutating func append(_ symbol: Symbol, _ startsBreathGroup: inout Bool) throws(ParseError) {
    guard count < Self.maximumSymbols, breathGroupCount < 1024 else {
      throw ParseError(reason: "is too long; the maximum is \(Self.maximumSymbols) phonemes")
    }
    if startsBreathGroup {
      starts[breathGroupCount] = Int32(count)
      breathGroupCount += 1
    }
    symbols[count] = symbol
    count += 1
    let length = count - Int(starts[breathGroupCount - 1])
    // A breath group that is too long is divided, after a word if possible.
    startsBreathGroup =
      symbol.endsBreathGroup || length >= Self.maximumSymbolsPerBreathGroup
      || length >= Self.maximumSymbolsPerBreathGroup - 8 && symbol.boundary != .none
  }

  private static func boundary(_ token: Substring) -> Symbol.Boundary? {
    switch token {
    case "-": .word
    case ",": .pause
    case "/": .breath
    case ".": .statement
    case "?": .question
    default: nil
    }
  }

  private static func symbol(_ token: Substring) -> Symbol? {
    var name = token.lowercased()
    let isLong = name.last == ":"
    if isLong { name.removeLast() }
    var stress = 0
    if let digit = name.last?.wholeNumberValue, digit < 3 {
      name.removeLast()
      stress = digit
      // CMUdict writes schwa as unstressed AH.
      if name == "ah", digit == 0 { name = "ax" }
    }
    return phones[name].map { Symbol($0, stress: stress, isLong: isLong, boundary: .none) }
  }

  private static let phones = Dictionary(uniqueKeysWithValues: Phone.allCases.map { ("\($0)", $0) })

  /// The indices of the phonemes of a breath group.
  func range(ofBreathGroup index: Int) -> Range<Int> {
    let end = index + 1 < breathGroupCount ? Int(starts[index + 1]) : count
    return Int(starts[index])..<end
  }

  subscript(index: Int) -> Symbol { symbols[index] }
}
