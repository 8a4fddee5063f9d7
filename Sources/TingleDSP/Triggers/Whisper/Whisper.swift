/// Someone whispering close by, with words or without.
public struct Whisper: Trigger {
  public typealias Voice = WhisperVoice

  /// What is whispered.
  public enum Mode: String, Choice {
    case nonsense, breath, shush

    /// What brings the mode to the loudness of the others.
    var levelDB: Double {
      switch self {
      case .nonsense: 0
      case .breath: -5.6
      case .shush: 5
      }
    }
  }

  /// What is whispered.
  public var mode = Mode.nonsense
  /// Who whispers.
  public var character = WhisperCharacter.soft
  /// Words to whisper instead of nonsense; what reads presets and command lines turns them into `phonemes`.
  public var text = ""
  /// The language of the text, as espeak-ng names it; English needs no other program.
  public var language = "en"
  /// The sounds of the words, as `Speech` reads them.
  public var phonemes = ""
  /// How long from one reading of the words to the next, in seconds; 0 begins again at once.
  public var everySeconds = 0.0
  /// Syllables per second within a phrase.
  public var syllablesPerSecond = 3.3
  /// Breaths per second, where nothing but breathing is asked for.
  public var breathsPerSecond = 12.0 / 60
  /// The tract's length, 1 the voice's own; a longer one is lower.
  public var tract = 1.0
  /// Added to the slope of the breath above 1.2 kHz; higher is harder, lower is softer and darker.
  public var tiltDBPerOctave = 0.0
  /// Taken off s, sh and their like.
  public var deEssDB = 0.0
  /// From an arm's length, 0, to lips at the ear, 1: more lows and air, and more noise of its own for each ear.
  public var closeness = 0.5
  /// Groups of clicks of lips and tongue a second.
  public var mouthSoundsPerSecond = 0.0
  /// The inhale before a phrase, in decibels over a stressed vowel.
  public var inhaleDB = -22.0

  public init() {}

  public static let name = "whisper"
  public static let summary = "words or none whispered close by, slow breathing, hushing"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { -19.2 }
  public static let parameters: [Parameter<Whisper>] = [
    .choice("mode", \.mode, "nonsense syllables, breathing, or shh, sk and tk"),
    .text("text", \.text, limit: 12_000, "words to whisper instead"),
    .text("language", \.language, limit: 24, "of the text: en, or one that espeak-ng knows"),
    .text("phonemes", \.phonemes, limit: 60_000, "or their sounds: ARPAbet such as 'HH AX L OW1 .', or IPA"),
    .number("every", \.everySeconds, 0...7200, .seconds, "from one reading of the words to the next"),
    .choice("voice", \.character, "who whispers"),
    .number(
      "pace", \.syllablesPerSecond, 1...6, .perSecond,
      "syllables within a phrase; 3.3/s is some 95 words a minute"),
    .number(
      "breath-pace", \.breathsPerSecond, 3.0 / 60...30.0 / 60, .perSecond,
      "breaths, in mode breath"),
    .number("tract", \.tract, 0.8...1.25, .none, "the throat's length; longer is lower"),
    .number(
      "tilt", \.tiltDBPerOctave, -4...4, .decibelsPerOctave, "of the breath; lower is softer and darker"),
    .number("de-ess", \.deEssDB, 0...18, .decibels, "taken off s, sh and their like"),
    .number("closeness", \.closeness, 0...1, .none, "from an arm's length to lips at the ear"),
    .number(
      "mouth-sounds", \.mouthSoundsPerSecond, 0...6, .perSecond,
      "clicks of lips and tongue; many cannot bear them"),
    .number(
      "inhale", \.inhaleDB, -60...0, .decibels, "the inhale before a phrase, relative to a stressed vowel"),
  ]

  /// A breath group to a slot.
  public var timing: Timing {
    let words = speech
    guard words.breaths > 0 else {
      let slot = mode == .breath ? 1 / breathsPerSecond : 4.5
      return Timing(slotSeconds: slot, jitter: mode == .breath ? 0.12 : 0.3, tailSeconds: 1)
    }
    return Timing(slotSeconds: PhrasePacking(words, self).slotSeconds, jitter: 0, tailSeconds: 1.5)
  }

  /// The words as sounds; nothing where there are none, or where they are not understood.
  public var speech: Speech { (try? Speech(phonemes: phonemes)) ?? Speech() }

  /// How long it takes to whisper the words once, in seconds; 0 without words.
  public var readingSeconds: Double {
    let turns = PhrasePacking(speech, self)
    return Double(turns.count) * turns.slotSeconds
  }

  /// The mouth: the voice's, as it is bent by the other parameters.
  var make: WhisperProfile {
    var make = character.make
    make.scale /= tract
    make.tiltDBPerOctave += tiltDBPerOctave
    make.hissDB -= deEssDB
    return make
  }

  /// How Articulation's lengths, which are those of 3.6 syllables a second, are stretched.
  func articulation(pace: Double = 1) -> Articulation {
    Articulation(make: make, slowness: 1.2 * 3 / (syllablesPerSecond * pace))
  }
}
