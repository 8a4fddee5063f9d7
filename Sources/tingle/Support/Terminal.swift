import Foundation
import TinglePresets
import TingleSupport

/// Messages on stderr; stdout is reserved for sound and lists.
enum Terminal {
  /// Whether stderr is a terminal that can rewrite a line.
  static let isInteractive =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Prints a line on stderr. Control characters in it are replaced, because it can quote files and other
  /// programs.
  static func say(_ line: String) { write(DisplayText.line(line) + "\n") }

  /// The width of the terminal in columns; 80 if stderr is not a terminal.
  static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Prints text as it is, without a line feed.
  static func put(_ text: String) { write(text) }

  /// Replaces the current line of the terminal.
  static func rewrite(_ line: String) { write("\r\u{1B}[K" + DisplayText.line(line)) }

  // Errors are ignored: a closed terminal is not a failure of the command.
  private static func write(_ text: String) {
    let bytes = Array(FileName.printable(text).utf8)
    try? bytes.withUnsafeBytes { try Descriptor.write($0, to: STDERR_FILENO, path: "stderr") }
  }
}
