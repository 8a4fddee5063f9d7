/// Someone whispering close by, without words.
public struct Whisper: Trigger {
  public typealias Voice = WhisperVoice

  /// What is whispered.
  public enum Mode: String, Choice {
    case nonsense, breath, shush

    /// What brings the mode to the loudness of the others.
    var levelDB: Double {
      switch self {
      case .nonsense: 0
      case .breath: -6.5
      case .shush: 2.5
      }
    }
  }

  /// What is whispered.
  public var mode = Mode.nonsense
  /// Who whispers.
  public var character = WhisperCharacter.soft
  /// Syllables per second within a phrase.
  public var syllablesPerSecond = 3.0
  /// The inhale before a phrase, in decibels over a stressed vowel.
  public var inhaleDB = -22.0

  public init() {}

  public static let name = "whisper"
  public static let summary = "whispering without words, slow breathing, or hushing"
  public static let calibrationDB = -20.0
  public static let parameters: [Parameter<Whisper>] = [
    .choice("mode", \.mode, "nonsense syllables, breathing, or shh, sk and tk"),
    .choice("voice", \.character, "who whispers"),
    .number("pace", \.syllablesPerSecond, 1...6, .perSecond, "syllables within a phrase"),
    .number("breath", \.inhaleDB, -60...0, .decibels, "the inhale before a phrase, over a stressed vowel"),
  ]

  /// A breath group to a slot.
  public var timing: Timing { Timing(slotSeconds: 4.5, jitter: 0.3, tailSeconds: 1) }
}
