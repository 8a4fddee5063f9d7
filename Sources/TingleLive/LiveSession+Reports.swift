/// MIDI learning, and reports of faults that do not stop the sound.
extension LiveSession {
  /// Notes that a MIDI device is connected, so that `learn` is accepted.
  func noteMIDIConnection() { queue.sync { hasMIDI = true } }

  /// The command line that the next knob or pad learns; nil after it has been taken.
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
      reportHandler?(sentence)
    }
  }

  /// Sets the handler for reports.
  /// - Parameter handler: called on the session's queue.
  public func onReport(_ handler: @Sendable @escaping (String) -> Void) {
    queue.sync { reportHandler = handler }
  }
}
