/// MIDI learning, and reports of faults that do not stop the sound.
extension LiveSession {
  /// Says that a MIDI device is connected.
  func attachKnobs() { queue.sync { hasKnobs = true } }

  /// The command that the next knob or pad learns; nil after it has been taken.
  func takePendingMIDILearn() -> String? {
    queue.sync {
      defer { pendingMIDILearn = nil }
      return pendingMIDILearn
    }
  }

  /// Reports a fault that does not stop the sound. The status shows it until the next report.
  public func report(_ sentence: String) {
    queue.async { [self] in
      trouble = sentence
      listener?(sentence)
    }
  }

  /// Sets the listener for reports.
  /// - Parameter listener: called on the session's queue.
  public func onReport(_ listener: @Sendable @escaping (String) -> Void) {
    queue.sync { self.listener = listener }
  }
}
