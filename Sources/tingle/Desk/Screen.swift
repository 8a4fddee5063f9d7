import CNcurses
import Foundation
import TinglePresets
import TingleSupport

/// The terminal as a screen to draw on, by ncurses; whatever happens, it is given back as it was.
enum Screen {
  struct Style: OptionSet {
    let rawValue: Int32

    // <ncurses.h> keeps these in macros that do not come through.
    static let dim = Style(rawValue: 1 << 20)
    static let bold = Style(rawValue: 1 << 21)
    static let reverse = Style(rawValue: 1 << 18)
    /// The one colour: of old paper, by candle light.
    static let warm = Style(rawValue: 1 << 8)
  }

  /// Whether there is a terminal on both sides that can be drawn on.
  static var isPossible: Bool {
    let terminal = Environment.variables["TERM"] ?? ""
    return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && terminal != "dumb" && !terminal.isEmpty
      && isInForeground && isKnown
  }

  /// Whether the terminal is described anywhere; ncurses ends the program where it is not.
  private static let isKnown = ncurses_knows_terminal() != 0

  nonisolated(unsafe) private static var saved = termios()
  nonisolated(unsafe) private static var hasColour = false
  nonisolated(unsafe) private static var isTaken = false
  /// Whether more than ASCII can be drawn.
  nonisolated(unsafe) private(set) static var isUnicode = false

  /// Takes the terminal.
  static func enter() {
    tcgetattr(STDIN_FILENO, &saved)
    // Of the locale only how letters are written and how wide they are.
    setlocale(LC_CTYPE, "")
    isUnicode = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
    guardAgainstCrashes()
    isTaken = true
    initscr()
    cbreak()
    noecho()
    nonl()
    keypad(ncurses_screen(), true)
    set_escdelay(25)
    curs_set(0)
    // A tenth of a second: as often as meters move.
    timeout(100)
    let wantsColour = (Environment.variables["NO_COLOR"] ?? "").isEmpty
    if wantsColour, has_colors(), start_color() == 0 {
      use_default_colors()
      // In 256 colours there is a darker one.
      init_pair(1, ncurses_colours() >= 256 ? 137 : Int16(COLOR_YELLOW), -1)
      hasColour = true
    }
  }

  /// Whether it is this program's turn at the terminal.
  static var isInForeground: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }

  /// Gives it back, if it was taken.
  static func leave() {
    guard isTaken else { return }
    endwin()
    isTaken = false
  }

  /// Gives it back in haste, on any thread or in a signal's handler, if it was taken.
  static func abandon() {
    guard isTaken else { return }
    // Out of the other screen, the cursor back, no colours, no keypad.
    let text: StaticString = "\u{1B}[?1049l\u{1B}[?25h\u{1B}[0m\u{1B}[?1l\u{1B}>"
    _ = Foundation.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    tcsetattr(STDIN_FILENO, TCSANOW, &saved)
  }

  /// Takes it again after `leave`.
  static func comeBack() {
    isTaken = true
    clearok(ncurses_screen(), true)
    refresh()
  }

  static var size: (rows: Int, columns: Int) {
    (Int(getmaxy(ncurses_screen())), Int(getmaxx(ncurses_screen())))
  }

  /// The next key, or nil after a tenth of a second without any.
  static func key() -> Int32? {
    let key = getch()
    return key < 0 ? nil : key
  }

  /// Writes from a place on, as far as the line goes; what cannot be shown here has another form, or is "?".
  static func write(_ text: String, row: Int, column: Int, _ style: Style = []) {
    let (rows, columns) = size
    guard row >= 0, row < rows, column < columns else { return }
    let room = columns - column - (row == rows - 1 ? 1 : 0)
    let shown = style.intersection(hasColour ? [.dim, .bold, .reverse, .warm] : [.dim, .bold, .reverse])
    attrset(shown.rawValue)
    mvaddstr(Int32(row), Int32(column), fitted(text, to: max(0, room)))
    attrset(0)
  }

  /// Writes over a whole row, a little set in.
  static func writeOver(_ text: String, row: Int, _ style: Style = []) {
    write(DisplayText.padded(" " + shown(text), to: size.columns), row: row, column: 0, style)
  }

  /// Text as this terminal can show it.
  static func shown(_ text: String) -> String {
    let text = DisplayText.line(text)
    return isUnicode ? text : DisplayText.ascii(text)
  }

  /// Text cut to a number of columns.
  static func fitted(_ text: String, to columns: Int) -> String {
    let text = shown(text)
    return isUnicode ? DisplayText.fitted(text, to: columns) : String(text.prefix(columns))
  }

  /// A bar that is filled by a share of it.
  static func bar(_ share: Double, width: Int) -> String {
    let filled = max(0, min(Double(width), share * Double(width)))
    guard isUnicode else {
      return String(repeating: "#", count: Int(filled)) + String(repeating: ".", count: width - Int(filled))
    }
    let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let whole = Int(filled)
    let part = whole < width ? eighths[Int((filled - Double(whole)) * 8)] : ""
    let rest = width - whole - (part.isEmpty ? 0 : 1)
    return String(repeating: "█", count: whole) + part + String(repeating: "·", count: rest)
  }

  /// A crash leaves a terminal that can be typed in.
  private static func guardAgainstCrashes() {
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { Screen.giveBack($0) }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
      sigaction(number, &action, nil)
    }
  }

  /// In a signal's handler, where little may be done.
  private static func giveBack(_ number: Int32) {
    abandon()
    signal(number, SIG_DFL)
    raise(number)
  }
}
