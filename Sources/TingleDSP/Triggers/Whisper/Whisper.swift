/// A close whispering voice: a text or nonsense syllables, slow breathing, or hushing.
public struct Whisper: Trigger {
  public typealias Voice = WhisperVoice

  /// What the voice does if there is no text.
  public enum Mode: String, Choice {
    case nonsense, breath, shush

    /// A gain that makes all modes equally loud.
    var levelDB: Double {
      switch self {
      case .nonsense: 0
      case .breath: -4.8
      case .shush: 5
      }
    }
  }

  public var mode = Mode.nonsense
  /// The whispering voice.
  public var character = WhisperCharacter.soft
  /// The text to whisper, which replaces `mode`. Presets and the command line convert it to `phonemes`.
  public var text = ""
  /// The language of the text, as an espeak-ng language code; `en` does not need espeak-ng.
  public var language = "en"
  /// The phoneme line to whisper, in the format of `Speech`.
  public var phonemes = ""
  /// The interval between the starts of two readings of the text, in seconds; 0 repeats it without a pause.
  public var everySeconds = 0.0
  /// Syllables per second within a phrase.
  public var syllablesPerSecond = 3.6
  /// Breaths per second in mode `breath`.
  public var breathsPerSecond = 12.0 / 60
  /// The person who whispers, 0 ... 9999: 0 is the voice itself; any other number draws the vocal tract
  /// length, the spectral tilt, the pace, and the habits of breathing and stress of one person.
  public var speaker = 0
  /// The vocal tract length relative to that of the voice; longer is lower.
  public var tract = 1.0
  /// Added to the spectral tilt of aspiration above 1.2 kHz; lower is softer and darker.
  public var tiltDBPerOctave = 0.0
  /// The attenuation of all frication (s, sh, plosive bursts), in decibels.
  public var deEssDB = 0.0
  /// The proximity of the mouth: 0 at arm's length, 1 at the ear.
  ///
  /// A closer mouth has more lows, more energy above the formants and less interaural correlation.
  public var closeness = 0.5
  /// The mean rate of lip and tongue click groups; 0 for none.
  public var mouthSoundsPerSecond = 0.0
  /// The share of the mouth sounds that are clicks of the tongue.
  public var tongueShare = 0.0
  /// The level of the inhale before a phrase, in decibels relative to a stressed vowel.
  public var inhaleDB = -22.0

  public init() {}

  public static let name = "whisper"
  public static let summary = "a close whispering voice: a text, nonsense syllables, slow breathing, hushing"
  public static let sourceExtent = SourceExtent.wide
  public var calibrationDB: Double { -19.2 }
  public static let parameters: [Parameter<Whisper>] = [
    .choice("mode", \.mode, "without a text: nonsense syllables, slow breathing, or shh, sk and tk"),
    .text("text", \.text, limit: 12_000, "the text to whisper"),
    .text("language", \.language, limit: 24, "the language of the text: en, or one that espeak-ng supports"),
    .text(
      "phonemes", \.phonemes, limit: 60_000, "instead of a text: ARPAbet such as 'HH AX L OW1 .', or IPA"),
    .number("every", \.everySeconds, 0...7200, .seconds, "from one reading of the text to the next"),
    .choice("voice", \.character, "the whispering voice"),
    .number(
      "pace", \.syllablesPerSecond, 1...6, .perSecond,
      "syllables within a phrase; 3.6/s is about 90 words a minute"),
    .number(
      "breath-pace", \.breathsPerSecond, 3.0 / 60...30.0 / 60, .perSecond, "breaths, in mode breath"),
    .whole("speaker", \.speaker, 0...9999, "a number for each person with this voice; 0 is the voice itself"),
    .number("tract", \.tract, 0.8...1.25, .none, "the vocal tract length; longer is lower"),
    .number(
      "tilt", \.tiltDBPerOctave, -4...4, .decibelsPerOctave, "the spectral tilt; lower is softer and darker"),
    .number("de-ess", \.deEssDB, 0...18, .decibels, "the attenuation of s, sh and plosives"),
    .number("closeness", \.closeness, 0...1, .none, "the proximity: 0 at arm's length, 1 at the ear"),
    .number(
      "mouth-sounds", \.mouthSoundsPerSecond, 0...6, .perSecond,
      "lip and tongue clicks, which many listeners dislike"),
    .number(
      "tongue-clicks", \.tongueShare, 0...1, .none,
      "the share of the mouth sounds that are clicks of the tongue"),
    .number(
      "inhale", \.inhaleDB, -60...0, .decibels, "the inhale before a phrase, relative to a stressed vowel"),
  ]

  /// One slot holds one breath, one phrase, or with a text the breath groups that `PhrasePacking` puts there.
  public var timing: Timing {
    let words = speech
    guard words.breathGroupCount > 0 else {
      let slot = mode == .breath ? 1 / breathsPerSecond : 4.5
      return Timing(slotSeconds: slot, jitter: mode == .breath ? 0.12 : 0.3, tailSeconds: 1)
    }
    return Timing(slotSeconds: PhrasePacking(words, self).slotSeconds, jitter: 0, tailSeconds: 1.5)
  }

  /// The parsed `phonemes`; empty if there are none or if they are invalid.
  public var speech: Speech { (try? Speech(phonemes: phonemes)) ?? Speech() }

  /// The duration of one reading of the text, in seconds; 0 without a text.
  public var readingSeconds: Double {
    let packing = PhrasePacking(speech, self)
    return Double(packing.count) * packing.slotSeconds
  }

  /// The constants of the voice, changed by `tract`, `tiltDBPerOctave` and `deEssDB`.
  var profile: WhisperProfile {
    let speaker = speakerTraits
    var profile = character.profile
    profile.scale *= speaker.formantScale / tract
    profile.tiltDBPerOctave += tiltDBPerOctave + speaker.tiltDBPerOctave
    profile.fricationDB += speaker.fricationDB - deEssDB
    return profile
  }

  /// The differences of `speaker` from the voice.
  var speakerTraits: WhisperSpeaker { WhisperSpeaker(speaker) }

  /// The articulation at the set rate. The durations of `PhoneTargets` apply at 3.6 syllables per second.
  func articulation(pace: Double = 1) -> Articulation {
    Articulation(profile: profile, durationScale: 1.2 * 3 / (syllablesPerSecond * pace * speakerTraits.pace))
  }
}
