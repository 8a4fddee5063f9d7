/// One utterance of a script: some breath groups of its words, or one slow breath.
public struct WhisperLine: Sendable, Equatable, BitwiseCopyable {
  /// The words: a speech of `WhisperLines` and its breath groups. Empty for a breath.
  var speech: Int32 = 0
  var firstBreathGroup: Int32 = 0
  var endBreathGroup: Int32 = 0
  /// The length of a breath, in seconds.
  var breathSeconds = 0.0
  /// Added to the level of the voice, in decibels.
  public var levelDB = 0.0
  /// A factor on the speaking rate.
  public var pace = 1.0

  /// The gain of words relative to nonsense syllables.
  static let wordsDB = -2.5

  /// One slow breath, in and out.
  public static func breath(seconds: Double) -> WhisperLine {
    var line = WhisperLine()
    line.breathSeconds = seconds
    return line
  }

  var isBreath: Bool { firstBreathGroup == endBreathGroup }
  var breathGroups: Range<Int> { Int(firstBreathGroup)..<Int(endBreathGroup) }
  /// The gain of this line relative to nonsense syllables, in decibels.
  var gainDB: Double { levelDB + (isBreath ? Whisper.Mode.breath.levelDB : Self.wordsDB) }
}

extension WhisperScript {
  /// The track of a line of a script. Its end determines how long the line takes.
  static func track(
    of line: WhisperLine, in speech: Speech, _ settings: Whisper, _ fatigue: Fatigue, dice: inout Dice
  ) -> SegmentTrack {
    guard !line.isBreath else { return breath(settings, spanSeconds: line.breathSeconds, dice: &dice) }
    let usual = settings.syllablesPerSecond
    let pace = min(6, max(1, usual * line.pace)) / usual
    return words(
      of: speech, breathGroups: line.breathGroups, settings, fatigue, pace: pace, dice: &dice)
  }
}
