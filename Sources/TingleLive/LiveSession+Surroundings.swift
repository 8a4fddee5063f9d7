/// What goes on round a session: knobs that are taught, and what goes wrong beside the sound.
extension LiveSession {
  /// Tells that there are knobs and pads to teach.
  func attachKnobs() { queue.sync { hasKnobs = true } }

  /// What the next knob or pad is to do, once.
  func takeLesson() -> String? {
    queue.sync {
      defer { lesson = nil }
      return lesson
    }
  }

  /// Tells what went wrong beside the sound: it stays in the status, until something else goes wrong.
  public func report(_ sentence: String) {
    queue.async { [self] in
      trouble = sentence
      listener?(sentence)
    }
  }

  /// Hands on what is reported.
  /// - Parameter listener: called on the session's queue.
  public func onReport(_ listener: @Sendable @escaping (String) -> Void) {
    queue.sync { self.listener = listener }
  }
}
