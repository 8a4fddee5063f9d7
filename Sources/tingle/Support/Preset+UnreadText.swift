import TingleDSP
import TinglePresets

extension Preset {
  /// Prints what of the whispered texts is not read as it is written.
  func reportUnreadText() {
    for notice in script?.notices ?? [] { Terminal.say("tingle: \(notice)") }
    for layer in mix.layers {
      guard let whisper = layer.trigger as? Whisper, !whisper.text.isEmpty else { continue }
      for notice in whisper.notices { Terminal.say("tingle: \(notice)") }
    }
  }
}
