import TingleDSP
import TingleText

/// A trigger with text that is looked at before it can sound.
protocol ReadsText {
  /// Takes in the text that has just been written into `parameter`, and says why if it cannot.
  mutating func refusalOfText(in parameter: String) -> String?
}

extension Whisper: ReadsText {
  mutating func refusalOfText(in parameter: String) -> String? {
    do throws(Reading.Refusal) {
      if parameter == "text" { phonemes = try Reading.phonemes(of: text) }
      if IPA.isLikely(phonemes) { phonemes = try IPA.phonemes(of: phonemes) }
    } catch { return error.reason }
    do { _ = try Speech(phonemes: phonemes) } catch { return error.reason }
    return nil
  }
}
