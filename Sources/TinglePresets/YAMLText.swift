import TingleSupport
import Yams

/// Parses YAML text into nodes that carry their positions. The first error becomes one sentence: what is
/// wrong, where, and what would be right.
package enum YAMLText {
  /// Parses a text that holds one document.
  /// - Parameter file: the path, for messages.
  /// - Returns: nil for a text without content.
  /// - Throws: `UserError` (data).
  package static func compose(_ text: String, file: String) throws -> Node? {
    if let (location, character) = controlCharacter(in: text, file: file) {
      throw UserError(.data, at: location, message(for: character))
    }
    do {
      return try Yams.compose(yaml: text)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw duplicate(keys.first ?? "", first: context.mark, in: text, file: file)
    } catch let problem as YamlError {
      throw error(problem, in: text, file: file)
    }
  }

  /// The first character that YAML does not allow (YAML 1.1, 5.1), and its position.
  private static func controlCharacter(
    in text: String, file: String
  ) -> (location: SourceLocation, Unicode.Scalar)? {
    var (line, column) = (1, 1)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: (line, column) = (line + 1, 0)
      case 0x09, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: break
      default: return (SourceLocation(file: file, line: line, column: column), scalar)
      }
      column += 1
    }
    return nil
  }

  private static func message(for character: Unicode.Scalar) -> String {
    if character == "\u{FEFF}" { return "there is a byte order mark in the middle of the text; remove it" }
    let hex = String(character.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    return "control character U+\(code) is not allowed; remove it, or write \\u\(code) in double quotes"
  }

  /// The error for a duplicate key: its location is the second position, its message states the first.
  static func duplicate(_ key: String, first: Mark?, second: Mark?, file: String) -> UserError {
    let mark = second ?? first
    let other = second == nil ? "" : first.map { ", first in line \($0.line), column \($0.column)" } ?? ""
    return UserError(
      .data, at: SourceLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1),
      "duplicate key '\(key)'\(other); remove one of them")
  }

  /// Finds the second position of a duplicate key: Yams reports only the first. The first key is replaced by
  /// another of the same length and the text is parsed again.
  private static func duplicate(_ key: String, first: Mark, in text: String, file: String) -> UserError {
    var scalars = Array(text.unicodeScalars)
    let lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    guard lineStarts.indices.contains(first.line - 1) else {
      return duplicate(key, first: first, second: nil, file: file)
    }
    var start = lineStarts[first.line - 1] + first.column - 1
    if start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
    let range = start..<start + key.unicodeScalars.count
    guard range.upperBound <= scalars.count, !range.isEmpty,
      Array(key.unicodeScalars) == Array(scalars[range])
    else { return duplicate(key, first: first, second: nil, file: file) }
    scalars.replaceSubrange(range, with: range.map { _ in "\u{E000}" })
    var renamed = String.UnicodeScalarView()
    renamed.append(contentsOf: scalars)
    var second: Mark?
    do {
      let root = try Yams.compose(yaml: String(renamed))
      second = root.flatMap { mark(of: key, besideKeyAt: first, in: $0) }
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) where keys.first == key {
      // The key occurs three times.
      second = context.mark
    } catch {}
    return duplicate(key, first: first, second: second, file: file)
  }

  /// The position of a key in the mapping that has another key at `mark`.
  private static func mark(of key: String, besideKeyAt mark: Mark, in node: Node) -> Mark? {
    switch node {
    case .mapping(let mapping):
      let keys = mapping.map(\.key)
      let isSought = keys.contains { $0.mark?.line == mark.line && $0.mark?.column == mark.column }
      if isSought, let found = keys.first(where: { $0.string == key }) { return found.mark }
      return mapping.lazy.compactMap { Self.mark(of: key, besideKeyAt: mark, in: $0.value) }.first
    case .sequence(let nodes):
      return nodes.lazy.compactMap { Self.mark(of: key, besideKeyAt: mark, in: $0) }.first
    default: return nil
    }
  }
}
