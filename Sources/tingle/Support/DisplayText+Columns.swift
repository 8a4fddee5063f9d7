import CNcurses
import Foundation
import TinglePresets

/// Text measured in the columns of a terminal: two for a wide letter, none for a combining mark.
extension DisplayText {
  /// How many columns a line takes.
  static func columns(of text: String) -> Int { cells(text, upTo: .max).columns }

  /// A line cut to a number of columns; a line that is cut ends in "…".
  static func fitted(_ text: String, to columns: Int) -> String { cells(text, upTo: columns).text }

  /// A line cut or filled with spaces to exactly a number of columns.
  static func padded(_ text: String, to columns: Int) -> String {
    let (text, used) = cells(text, upTo: columns)
    return text + String(repeating: " ", count: max(0, columns - used))
  }

  /// A cell of a table: a line filled with spaces to at least a number of columns, and never cut.
  static func column(_ text: String, _ columns: Int) -> String {
    padded(text, to: max(columns, self.columns(of: text)))
  }

  /// The end of a line, cut at its beginning to a number of columns.
  static func ending(of text: String, columns: Int) -> String {
    withUnicodeLocale {
      var (kept, used) = ([Character](), 0)
      for character in line(text).reversed() {
        let shown = drawn(character)
        used += width(shown)
        guard used <= columns else { break }
        kept.append(shown)
      }
      return String(kept.reversed())
    }
  }

  /// A text in lines of at most a number of columns, broken between words where possible.
  static func wrapped(_ text: String, to columns: Int) -> [String] {
    let columns = max(8, columns)
    return withUnicodeLocale {
      var (lines, last, used) = ([String](), "", 0)
      for word in line(text).split(separator: " ") {
        let letters = word.map(drawn)
        let wide = letters.reduce(0) { $0 + width($1) }
        if !last.isEmpty, used + 1 + wide > columns {
          lines.append(last)
          (last, used) = ("", 0)
        } else if !last.isEmpty {
          last.append(" ")
          used += 1
        }
        for letter in letters {
          if used + width(letter) > columns {
            lines.append(last)
            (last, used) = ("", 0)
          }
          last.append(letter)
          used += width(letter)
        }
      }
      return lines + [last]
    }
  }

  private static func cells(_ text: String, upTo columns: Int) -> (text: String, columns: Int) {
    withUnicodeLocale {
      var (result, used) = ("", 0)
      // As much as leaves a column for the sign that something is missing.
      var (short, shortUsed) = ("", 0)
      for character in line(text) {
        let shown = drawn(character)
        let wide = width(shown)
        guard used + wide <= columns else { return columns > 0 ? (short + "…", shortUsed + 1) : ("", 0) }
        result.append(shown)
        used += wide
        if used < columns { (short, shortUsed) = (result, used) }
      }
      return (result, used)
    }
  }

  /// A character as terminals agree to draw it: of a joined emoji the first, and no more combining marks than writing needs.
  private static func drawn(_ character: Character) -> Character {
    let scalars = character.unicodeScalars
    guard scalars.count > 1 else { return character }
    var kept = String.UnicodeScalarView(scalars.prefix(1))
    for scalar in scalars.dropFirst().prefix(5) {
      let properties = scalar.properties
      guard !properties.isVariationSelector, !properties.isEmojiModifier, !properties.isJoinControl else {
        break
      }
      kept.append(scalar)
    }
    return String(kept).first ?? character
  }

  /// Within `withUnicodeLocale`.
  private static func width(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { sum, scalar in
      let columns = columns_of_character(wchar_t(bitPattern: scalar.value))
      // -1: the C library does not know it yet.
      return sum + (columns < 0 ? 1 : Int(columns))
    }
  }

  /// The C library's own UTF-8 locale, so that widths are the same under every locale.
  nonisolated(unsafe) private static let unicode = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  private static func withUnicodeLocale<R>(_ body: () -> R) -> R {
    guard let unicode else { return body() }
    let before = uselocale(unicode)
    defer { uselocale(before) }
    return body()
  }
}
