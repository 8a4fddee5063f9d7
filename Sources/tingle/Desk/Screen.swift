import CNcurses
import Foundation
import TinglePresets
import TingleSupport

/// The terminal in ncurses' full-screen mode. Its settings are restored on every exit, also after a crash.
enum Screen {
  /// Text attributes.
  struct Style: OptionSet {
    let rawValue: Int32

    // The values of A_DIM, A_BOLD, A_REVERSE and COLOR_PAIR(1): macros of <ncurses.h> that Swift does not
    // import.
    static let dim = Style(rawValue: 1 << 20)
    static let bold = Style(rawValue: 1 << 21)
    static let reverse = Style(rawValue: 1 << 18)
    /// The accent colour: 137 of 256 colours (light brown), else yellow.
    static let accent = Style(rawValue: 1 << 8)
  }

  /// Whether standard input and output are a terminal that ncurses can draw on, in the foreground.
  static var isPossible: Bool {
    let terminal = Environment.variables["TERM"] ?? ""
    return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && terminal != "dumb" && !terminal.isEmpty
      && isInForeground && isKnown
  }

  /// Whether terminfo has an entry for the terminal; without one, `initscr` exits.
  private static let isKnown = ncurses_knows_terminal() != 0

  // Thread safety: these are set on the main thread only. Signal handlers and the signal thread read
  // `isActive` and `saved` to restore the terminal when the process ends; `saved` is set before `isActive`.
  nonisolated(unsafe) private static var saved = termios()
  nonisolated(unsafe) private static var hasColour = false
  nonisolated(unsafe) private static var isActive = false
  /// Whether the terminal shows more than ASCII. Set on the main thread before the first drawing.
  nonisolated(unsafe) private(set) static var isUnicode = false

  /// Enters full-screen mode.
  static func enter() {
    tcgetattr(STDIN_FILENO, &saved)
    // Only LC_CTYPE of the locale: the character encoding and widths.
    setlocale(LC_CTYPE, "")
    isUnicode = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
    installCrashHandlers()
    isActive = true
    initscr()
    cbreak()
    noecho()
    nonl()
    keypad(ncurses_screen(), true)
    set_escdelay(25)
    curs_set(0)
    // The redraw interval, in milliseconds.
    timeout(100)
    let wantsColour = (Environment.variables["NO_COLOR"] ?? "").isEmpty
    if wantsColour, has_colors(), start_color() == 0 {
      use_default_colors()
      init_pair(1, ncurses_colours() >= 256 ? 137 : Int16(COLOR_YELLOW), -1)
      hasColour = true
    }
  }

  /// Whether the process is in the terminal's foreground process group.
  static var isInForeground: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }

  /// Leaves full-screen mode and restores the terminal's settings, if full-screen mode is active.
  static func leave() {
    guard isActive else { return }
    endwin()
    isActive = false
  }

  /// Restores the terminal with async-signal-safe calls only, for signal handlers and immediate exits on any
  /// thread.
  static func abandon() {
    guard isActive else { return }
    // Leave the alternate screen, show the cursor, reset attributes, leave keypad mode.
    let text: StaticString = "\u{1B}[?1049l\u{1B}[?25h\u{1B}[0m\u{1B}[?1l\u{1B}>"
    _ = Foundation.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    tcsetattr(STDIN_FILENO, TCSANOW, &saved)
  }

  /// Returns to full-screen mode after `leave`.
  static func reenter() {
    isActive = true
    clearok(ncurses_screen(), true)
    refresh()
  }

  /// The size of the window.
  static var size: (rows: Int, columns: Int) {
    (Int(getmaxy(ncurses_screen())), Int(getmaxx(ncurses_screen())))
  }

  /// The next key; nil if none is pressed within the timeout.
  static func key() -> Int32? {
    let key = getch()
    return key < 0 ? nil : key
  }

  /// Writes text at a position, cut at the end of the row. Characters that the terminal cannot show are
  /// replaced.
  static func write(_ text: String, row: Int, column: Int, _ style: Style = []) {
    let (rows, columns) = size
    guard row >= 0, row < rows, column < columns else { return }
    let room = columns - column - (row == rows - 1 ? 1 : 0)
    let shown = style.intersection(hasColour ? [.dim, .bold, .reverse, .accent] : [.dim, .bold, .reverse])
    attrset(shown.rawValue)
    mvaddstr(Int32(row), Int32(column), fitted(text, to: max(0, room)))
    attrset(0)
  }

  /// Replaces a row by text, indented by one column.
  static func writeOver(_ text: String, row: Int, _ style: Style = []) {
    write(DisplayText.padded(" " + shown(text), to: size.columns), row: row, column: 0, style)
  }

  /// Text in the characters that the terminal shows.
  static func shown(_ text: String) -> String {
    let text = DisplayText.line(text)
    return isUnicode ? text : DisplayText.ascii(text)
  }

  /// Text cut to a number of columns.
  static func fitted(_ text: String, to columns: Int) -> String {
    let text = shown(text)
    return isUnicode ? DisplayText.fitted(text, to: columns) : String(text.prefix(columns))
  }

  /// A meter bar.
  /// - Parameter share: the filled part, limited to 0 ... 1.
  static func bar(_ share: Double, width: Int) -> String {
    let filled = max(0, min(Double(width), share * Double(width)))
    guard isUnicode else {
      return String(repeating: "#", count: Int(filled)) + String(repeating: ".", count: width - Int(filled))
    }
    let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let full = Int(filled)
    let part = full < width ? eighths[Int((filled - Double(full)) * 8)] : ""
    let rest = width - full - (part.isEmpty ? 0 : 1)
    return String(repeating: "█", count: full) + part + String(repeating: "·", count: rest)
  }

  /// Restores the terminal before the process dies from a fatal signal.
  private static func installCrashHandlers() {
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { Screen.handleFatalSignal($0) }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
      sigaction(number, &action, nil)
    }
  }

  /// Runs in a signal handler: async-signal-safe calls only.
  private static func handleFatalSignal(_ number: Int32) {
    abandon()
    signal(number, SIG_DFL)
    raise(number)
  }
}
