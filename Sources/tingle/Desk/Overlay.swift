import TinglePresets

/// Lines over the picture: as many as there is room for, and the rest page by page.
struct Overlay {
  /// The lines, given how many columns there are.
  private let lines: (Int) -> [String]
  private var first = 0

  /// What the keys do.
  static var keys: Overlay {
    Overlay { columns in table(columns) }
  }

  private static func table(_ columns: Int) -> [String] {
    let across = max(1, min(3, columns / 38))
    let down = (KeyBinding.entries.count + across - 1) / across
    return (0..<down).map { row in
      stride(from: row, to: KeyBinding.entries.count, by: down).map { k in
        let (keys, does) = KeyBinding.entries[k]
        return DisplayText.padded(DisplayText.padded(keys, to: 7) + does, to: 38)
      }.joined()
    }
  }

  private init(_ lines: @escaping (Int) -> [String]) { self.lines = lines }

  /// A text, its long lines broken.
  init(_ text: String) {
    self.init { columns in
      text.split(whereSeparator: \.isNewline).flatMap {
        DisplayText.wrapped(Screen.shown(String($0)), to: columns - 2)
      }
    }
  }

  /// Draws its page between the first row and the last.
  func draw() {
    let (rows, columns) = Screen.size
    let all = lines(columns)
    for (k, line) in all.dropFirst(first).prefix(Self.room).enumerated() {
      Screen.writeOver(line, row: 1 + k)
    }
    let isMore = first + Self.room < all.count
    Screen.writeOver(isMore ? "any key: more" : "any key: back", row: rows - 1, .dim)
  }

  /// Turns the page.
  /// - Returns: false where there is none after it.
  mutating func turn() -> Bool {
    first += Self.room
    return first < lines(Screen.size.columns).count
  }

  private static var room: Int { max(1, Screen.size.rows - 2) }
}
