/// What is to be whispered, breath by breath: sounds with their stress and what follows them.
///
/// Read from a line of phonemes: ARPAbet names, vowels with their stress (`OW1`), a colon after what is held (`T:`); `-` parts words, `,` is a short rest, `/` a
/// breath, `.` and `?` the ends of a statement and a question.
public struct Speech: Sendable {
  /// A sound of it, packed.
  struct Symbol: Sendable {
    private let bits: UInt16

    /// What stands behind a sound.
    enum Break: UInt16, Sendable { case none, word, rest, breath, statement, question }

    init(_ phone: Phone, stress: Int, isLong: Bool, then pause: Break) {
      bits =
        UInt16(phone.rawValue) | UInt16(min(3, stress)) << 6 | pause.rawValue << 8 | (isLong ? 1 << 11 : 0)
    }

    /// Nothing.
    init() { bits = 0 }

    private init(bits: UInt16) { self.bits = bits }

    /// The same with something behind it.
    func then(_ pause: Break) -> Symbol { Symbol(bits: bits & ~(7 << 8) | pause.rawValue << 8) }

    var phone: Phone { Phone(rawValue: UInt8(bits & 63)) ?? .ax }
    /// 0 none, 1 the main stress of its word, 2 a lesser one.
    var stress: Int { Int(bits >> 6 & 3) }
    var pause: Break { Break(rawValue: bits >> 8 & 7) ?? .none }
    /// Whether it is held.
    var isLong: Bool { bits >> 11 != 0 }
    /// Whether the breath ends with it.
    var endsBreath: Bool { pause.rawValue >= Break.breath.rawValue }
  }

  /// Why a line is not understood.
  public struct ParseError: Error { public let reason: String }

  /// The longest text, in sounds.
  public static let mostSounds = 12288
  /// More would not fit into one breath.
  static let mostSoundsInBreath = 48

  private var sounds = InlineArray<12288, Symbol>(repeating: Symbol())
  private(set) var count = 0
  // Where each breath begins.
  private var starts = InlineArray<1024, Int32>(repeating: 0)
  /// How many breaths there are.
  public private(set) var breaths = 0

  /// Nothing to say.
  public init() {}

  /// Reads a line of phonemes.
  public init(phonemes: String) throws(ParseError) {
    var breathIsOver = true
    var pending: Symbol?
    for token in phonemes.utf8.split(whereSeparator: { $0 == 0x20 || 0x09...0x0D ~= $0 }).map(Substring.init)
    {
      if let pause = Self.pause(token) {
        // Of several breaks in a row the longest counts.
        if let sound = pending, pause.rawValue > sound.pause.rawValue { pending = sound.then(pause) }
        continue
      }
      guard let sound = Self.sound(token) else {
        throw ParseError(
          reason: "'\(token)' is no phoneme; ARPAbet names such as K, L, OW1 are, and - , / . ?")
      }
      if let sound = pending { try add(sound, &breathIsOver) }
      pending = sound
    }
    if let sound = pending { try add(sound.endsBreath ? sound : sound.then(.statement), &breathIsOver) }
  }

  private mutating func add(_ sound: Symbol, _ breathIsOver: inout Bool) throws(ParseError) {
    guard count < Self.mostSounds, breaths < 1024 else {
      throw ParseError(reason: "is too long; at most \(Self.mostSounds) sounds are whispered")
    }
    if breathIsOver {
      starts[breaths] = Int32(count)
      breaths += 1
    }
    sounds[count] = sound
    count += 1
    let length = count - Int(starts[breaths - 1])
    // A breath that is too long ends with a word if it can.
    breathIsOver =
      sound.endsBreath || length >= Self.mostSoundsInBreath
      || length >= Self.mostSoundsInBreath - 8 && sound.pause != .none
  }

  private static func pause(_ token: Substring) -> Symbol.Break? {
    switch token {
    case "-": .word
    case ",": .rest
    case "/": .breath
    case ".": .statement
    case "?": .question
    default: nil
    }
  }

  private static func sound(_ token: Substring) -> Symbol? {
    var name = token.lowercased()
    let isLong = name.last == ":"
    if isLong { name.removeLast() }
    var stress = 0
    if let digit = name.last?.wholeNumberValue, digit < 3 {
      name.removeLast()
      stress = digit
      // An unstressed AH is the neutral vowel.
      if name == "ah", digit == 0 { name = "ax" }
    }
    return phones[name].map { Symbol($0, stress: stress, isLong: isLong, then: .none) }
  }

  private static let phones = Dictionary(uniqueKeysWithValues: Phone.allCases.map { ("\($0)", $0) })

  /// The sounds of a breath.
  func range(ofBreath index: Int) -> Range<Int> {
    let end = index + 1 < breaths ? Int(starts[index + 1]) : count
    return Int(starts[index])..<end
  }

  subscript(index: Int) -> Symbol { sounds[index] }
}
