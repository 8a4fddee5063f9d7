import Foundation

/// A line on the terminal that tells how far a render is; silent when stderr is not a terminal.
struct Progress {
  private let total: Double?
  private let isShown: Bool
  private let began = Date()
  private var last = Date.distantPast

  /// - Parameter total: seconds of sound to come; nil where that is not known.
  init(totalSeconds total: Double?, quiet: Bool) {
    self.total = total
    isShown = !quiet && Terminal.isInteractive
  }

  /// Seconds since the beginning.
  var elapsed: Double { Date().timeIntervalSince(began) }

  /// Tells that so many seconds of sound are done; at most ten times a second.
  mutating func show(_ done: Double) {
    guard isShown, Date().timeIntervalSince(last) > 0.1 else { return }
    last = Date()
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

  /// Takes the line away.
  func clear() { if isShown { Terminal.rewrite("") } }
}
