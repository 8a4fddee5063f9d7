import Foundation
import TinglePresets
import TingleSupport

/// What is said to people: on stderr, so that stdout stays free for sound and lists.
enum Terminal {
  /// Whether stderr is a terminal that can rewrite a line.
  static let isInteractive =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Writes a line on stderr; what it quotes of files and of other programs does nothing to the terminal.
  static func say(_ line: String) { write(DisplayText.line(line) + "\n") }

  /// How many columns it has.
  static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Writes without ending the line.
  static func put(_ text: String) { write(text) }

  /// Writes over the current line of the terminal.
  static func rewrite(_ line: String) { write("\r\u{1B}[K" + DisplayText.line(line)) }

  // A terminal that has been closed hears nothing; that is nobody's mistake.
  private static func write(_ text: String) {
    let bytes = Array(FileName.printable(text).utf8)
    try? bytes.withUnsafeBytes { try Descriptor.write($0, to: STDERR_FILENO, path: "stderr") }
  }
}

/// Times, sizes and speeds, for reading.
enum Format {
  /// `8:00:00`, `10:00`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (h, m, s) = (whole / 3600, whole / 60 % 60, whole % 60)
    return h > 0 ? String(format: "%d:%02d:%02d", h, m, s) : String(format: "%d:%02d", m, s)
  }

  /// `8.3 GB`.
  static func bytes(_ count: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) bytes" : String(format: "%.1f %@", value, units[unit])
  }

  /// `-30.1`, or `-inf` for silence.
  static func level(_ value: Double) -> String { value.isFinite ? String(format: "%.1f", value) : "-inf" }
}
