import CNcurses
import Foundation
import TinglePresets

/// Widths in terminal columns: two for a wide character, none for a combining mark.
extension DisplayText {
  /// The width of a line.
  static func columns(of text: String) -> Int { cells(text, upTo: .max).columns }

  /// A line truncated to a width; a truncated line ends in "…".
  static func fitted(_ text: String, to columns: Int) -> String { cells(text, upTo: columns).text }

  /// A line truncated or padded with spaces to exactly a width.
  static func padded(_ text: String, to columns: Int) -> String {
    let (text, used) = cells(text, upTo: columns)
    return text + String(repeating: " ", count: max(0, columns - used))
  }

  /// A line padded with spaces to at least a width, never truncated.
  static func column(_ text: String, _ columns: Int) -> String {
    padded(text, to: max(columns, self.columns(of: text)))
  }

  /// The last characters of a line that fit into a width.
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

  /// A text wrapped to lines of at most a width, broken between words where possible.
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
      // The longest prefix that leaves a column for the ellipsis.
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

  /// A character reduced to what terminals draw alike: the first of joined emoji, at most five combining
  /// marks.
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

  /// The width of a character; call it within `withUnicodeLocale`.
  private static func width(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { sum, scalar in
      let columns = columns_of_character(wchar_t(bitPattern: scalar.value))
      // -1: unknown to the C library.
      return sum + (columns < 0 ? 1 : Int(columns))
    }
  }

  /// The C library's UTF-8 locale, so that widths do not depend on the user's locale.
  ///
  /// `nonisolated(unsafe)`: a constant, and glibc never modifies a locale object.
  nonisolated(unsafe) private static let unicode = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  private static func withUnicodeLocale<R>(_ body: () -> R) -> R {
    guard let unicode else { return body() }
    let before = uselocale(unicode)
    defer { uselocale(before) }
    return body()
  }
}
