import Foundation

/// Sanitizes text from presets, file names and other programs for a terminal. The result cannot move the
/// cursor, change colours or reverse the text direction.
public enum DisplayText {
  /// Text on one line. Line breaks and tabs become spaces, other control characters U+FFFD. Invisible format
  /// characters are removed, except for the two joiners that some scripts need.
  public static func line(_ text: String) -> String { sanitized(text, keepsLines: false) }

  /// Text on several lines: as `line`, but line feeds and tabs stay.
  public static func lines(_ text: String) -> String { sanitized(text, keepsLines: true) }

  /// JSON with all control and format characters escaped; JSON itself requires it only up to U+001F.
  /// Private-use characters are escaped too: `FileName` uses them for bytes that are not UTF-8 and prints
  /// them as `\xE9`, which is not valid JSON.
  public static func json(_ text: String) -> String {
    func isPlain(_ scalar: Unicode.Scalar) -> Bool {
      role(of: scalar) == .visible && scalar.properties.generalCategory != .privateUse || scalar == "\n"
    }
    guard !text.unicodeScalars.allSatisfy(isPlain) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isPlain(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 { result += String(format: "\\u%04x", unit) }
      }
    }
  }

  /// Text for an ASCII terminal: letters lose their accents, characters without an ASCII form become "?".
  public static func ascii(_ text: String) -> String {
    String(
      text.flatMap { character -> [Character] in
        if character.isASCII { return [character] }
        if let form = asciiForms[character] { return Array(form) }
        let base = String(character).decomposedStringWithCompatibilityMapping.unicodeScalars.first
        return [base.flatMap { $0.isASCII ? Character($0) : nil } ?? "?"]
      })
  }

  private static let asciiForms: [Character: String] = [
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-", "−": "-", "…": "...", "ß": "ss", "æ": "ae",
    "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "°": " deg", "×": "x", "·": ".",
  ]

  private enum Role { case visible, control, format, lineBreak }

  private static func role(of scalar: Unicode.Scalar) -> Role {
    if 0x20..<0x7F ~= scalar.value { return .visible }
    switch scalar {
    case "\n", "\t", "\r", "\u{85}": return .lineBreak
    case "\u{200C}", "\u{200D}": return .visible
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control: .control
    case .format: .format
    case .lineSeparator, .paragraphSeparator: .lineBreak
    default: scalar.properties.isNoncharacterCodePoint ? .control : .visible
    }
  }

  private static func sanitized(_ text: String, keepsLines: Bool) -> String {
    guard !text.unicodeScalars.allSatisfy({ role(of: $0) == .visible }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch role(of: scalar) {
      case .visible: result.append(scalar)
      case .control: result.append("\u{FFFD}")
      case .format: break
      case .lineBreak: result.append(keepsLines && (scalar == "\n" || scalar == "\t") ? scalar : " ")
      }
    }
    return String(result)
  }
}
