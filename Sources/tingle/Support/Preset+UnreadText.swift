import TingleDSP
import TinglePresets

extension Preset {
  /// Prints what of the whispered texts is not read as it is written.
  func reportUnreadText() {
    for case let whisper as Whisper in mix.layers.map(\.trigger) where !whisper.text.isEmpty {
      for notice in whisper.notices { Terminal.say("tingle: \(notice)") }
    }
  }
}
