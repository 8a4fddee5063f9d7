import Foundation

/// The progress line of a render; not shown if stderr is not a terminal.
struct Progress {
  private let total: Double?
  private let isShown: Bool
  private let startTime = Date()
  private var lastUpdate = Date.distantPast

  /// - Parameters:
  ///   - total: the total length in seconds of sound; nil if unknown.
  ///   - quiet: whether the line is never shown.
  init(totalSeconds total: Double?, quiet: Bool) {
    self.total = total
    isShown = !quiet && Terminal.isInteractive
  }

  /// The elapsed time in seconds.
  var elapsed: Double { Date().timeIntervalSince(startTime) }

  /// Updates the line, at most ten times a second.
  /// - Parameter done: the finished length in seconds of sound.
  mutating func show(_ done: Double) {
    guard isShown, Date().timeIntervalSince(lastUpdate) > 0.1 else { return }
    lastUpdate = Date()
    let speed = done / max(elapsed, 1e-3)
    guard let total else {
      return Terminal.rewrite(String(format: "%@  %.0f x real time", Format.clock(done), speed))
    }
    let left = (total - done) / max(speed, 1e-3)
    Terminal.rewrite(
      String(
        format: "%3.0f %%  %@ of %@  %.0f x real time  %@ left", 100 * done / total, Format.clock(done),
        Format.clock(total), speed, Format.clock(left)))
  }

  /// Erases the line.
  func clear() { if isShown { Terminal.rewrite("") } }
}
