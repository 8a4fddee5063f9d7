/// What is to be whispered, breath by breath: sounds with their stress and what follows them.
///
/// Read from a line of phonemes: ARPAbet names, vowels with their stress (`OW1`); `-` parts words, `,` is a short rest, `/` a
/// breath, `.` and `?` the ends of a statement and a question.
public struct Speech: Sendable {
  /// A sound of it, packed.
  struct Sound: Sendable {
    private let bits: UInt16

    /// What stands behind a sound.
    enum Break: UInt16, Sendable { case none, word, rest, breath, statement, question }

    init(_ phone: Phone, stress: Int, then pause: Break) {
      bits = UInt16(phone.rawValue) | UInt16(min(3, stress)) << 6 | pause.rawValue << 8
    }

    /// Nothing.
    init() { bits = 0 }

    var phone: Phone { Phone(rawValue: UInt8(bits & 63)) ?? .ax }
    /// 0 none, 1 the main stress of its word, 2 a lesser one.
    var stress: Int { Int(bits >> 6 & 3) }
    var pause: Break { Break(rawValue: bits >> 8) ?? .none }
    /// Whether the breath ends with it.
    var endsBreath: Bool { pause.rawValue >= Break.breath.rawValue }
  }

  /// Why a line is not understood.
  public struct Refusal: Error { public let reason: String }

  /// The longest text, in sounds.
  public static let mostSounds = 12288
  /// More would not fit into one breath.
  static let mostSoundsInBreath = 48

  private var sounds = InlineArray<12288, Sound>(repeating: Sound())
  private(set) var count = 0
  // Where each breath begins.
  private var starts = InlineArray<1024, Int32>(repeating: 0)
  /// How many breaths there are.
  public private(set) var breaths = 0

  /// Nothing to say.
  public init() {}

  /// Reads a line of phonemes.
  public init(phonemes: String) throws(Refusal) {
    var breathIsOver = true
    var pending: (phone: Phone, stress: Int)?
    for token in phonemes.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }) {
      if let pause = Self.pause(token) {
        guard let (phone, stress) = pending else { continue }
        try add(Sound(phone, stress: stress, then: pause), &breathIsOver)
        pending = nil
        continue
      }
      guard let (phone, stress) = Self.phone(token) else {
        throw Refusal(reason: "'\(token)' is no phoneme; ARPAbet names such as K, L, OW1 are, and - , / . ?")
      }
      if let (phone, stress) = pending { try add(Sound(phone, stress: stress, then: .none), &breathIsOver) }
      pending = (phone, stress)
    }
    if let (phone, stress) = pending {
      try add(Sound(phone, stress: stress, then: .statement), &breathIsOver)
    }
  }

  private mutating func add(_ sound: Sound, _ breathIsOver: inout Bool) throws(Refusal) {
    guard count < Self.mostSounds, breaths < 1024 else {
      throw Refusal(reason: "is too long; at most \(Self.mostSounds) sounds are whispered")
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

  private static func pause(_ token: Substring) -> Sound.Break? {
    switch token {
    case "-": .word
    case ",": .rest
    case "/": .breath
    case ".": .statement
    case "?": .question
    default: nil
    }
  }

  private static func phone(_ token: Substring) -> (Phone, Int)? {
    var name = token.lowercased()
    var stress = 0
    if let digit = name.last?.wholeNumberValue, digit < 3 {
      name.removeLast()
      stress = digit
    }
    // An unstressed AH is the neutral vowel.
    if name == "ah", token.hasSuffix("0") { name = "ax" }
    return phones[name].map { ($0, stress) }
  }

  private static let phones = Dictionary(uniqueKeysWithValues: Phone.allCases.map { ("\($0)", $0) })

  /// The sounds of a breath.
  func range(ofBreath index: Int) -> Range<Int> {
    let end = index + 1 < breaths ? Int(starts[index + 1]) : count
    return Int(starts[index])..<end
  }

  subscript(index: Int) -> Sound { sounds[index] }
}
