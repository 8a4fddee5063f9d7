import TinglePresets

/// Text over the desk, in pages of the window's height.
struct Overlay {
  /// The lines for a width in columns.
  private let lines: (Int) -> [String]
  private var first = 0

  /// The key help.
  static var keys: Overlay {
    Overlay { columns in table(columns) }
  }

  private static func table(_ columns: Int) -> [String] {
    let across = max(1, min(3, columns / 38))
    let down = (KeyBinding.all.count + across - 1) / across
    return (0..<down).map { row in
      stride(from: row, to: KeyBinding.all.count, by: down).map { k in
        let binding = KeyBinding.all[k]
        return DisplayText.padded(
          DisplayText.padded(binding.label, to: 7) + Screen.shown(binding.help), to: 38)
      }.joined()
    }
  }

  private init(_ lines: @escaping (Int) -> [String]) { self.lines = lines }

  /// Shows a text; long lines are wrapped.
  init(_ text: String) {
    self.init { columns in
      text.split(whereSeparator: \.isNewline).flatMap {
        DisplayText.wrapped(Screen.shown(String($0)), to: columns - 2)
      }
    }
  }

  /// Draws the current page between the first and the last row.
  func draw() {
    let (rows, columns) = Screen.size
    let all = lines(columns)
    for (k, line) in all.dropFirst(first).prefix(Self.room).enumerated() {
      Screen.writeOver(line, row: 1 + k)
    }
    let hasNextPage = first + Self.room < all.count
    Screen.writeOver(hasNextPage ? "any key: next page" : "any key: close", row: rows - 1, .dim)
  }

  /// Goes to the next page.
  /// - Returns: false if the current page is the last one.
  mutating func showNextPage() -> Bool {
    first += Self.room
    return first < lines(Screen.size.columns).count
  }

  /// The number of rows of a page.
  private static var room: Int { max(1, Screen.size.rows - 2) }
}
