import TingleMix
import TingleSupport

/// Parses the text of a script. The first error is reported with its position and what would be right.
///
/// text -> `ScriptCursor` -> lines, headings and directions -> `Script`. Directions are in
/// `ScriptParser+Directions.swift`.
public struct ScriptParser<Vocabulary: ScriptVocabulary> {
  let origin: ScriptOrigin
  let vocabulary: Vocabulary
  var cursor: ScriptCursor
  var script = Script()
  private var texts: [String: Int] = [:]
  private var actions: [String: Int] = [:]
  private var count = 0

  /// Parses a script.
  /// - Parameters:
  ///   - origin: where the text is, for messages.
  ///   - vocabulary: the words of presets.
  /// - Throws: `UserError` (data).
  public static func parse(
    _ text: String, from origin: ScriptOrigin, _ vocabulary: Vocabulary
  ) throws -> Script {
    var parser = ScriptParser(origin: origin, vocabulary: vocabulary, cursor: ScriptCursor(text))
    let items = try parser.items(depth: 0, endsAtBar: false)
    guard items.contains(where: \.sounds) else {
      throw UserError(
        .data, at: origin.location(.init(line: 1, column: 1)),
        "the script is empty; write lines to whisper, and directions such as [pause 8s] in brackets")
    }
    parser.script.items = items
    return parser.script
  }

  /// Parses items up to the end of the text or, within a direction, up to `]` or `|`, which are not taken.
  mutating func items(depth: Int, endsAtBar: Bool) throws -> [ScriptItem] {
    var items: [ScriptItem] = []
    while true {
      let lineEnds = cursor.takeSpace()
      guard let character = cursor.next else { break }
      let position = cursor.position
      let isAfterDirection = !cursor.isAtLineStart && !items.isEmpty
      if depth > 0, character == "]" || endsAtBar && character == "|" { break }
      if lineEnds > 1, !items.isEmpty { items.append(ScriptItem(position: position, kind: .paragraph)) }
      count += 1
      guard count <= Script.mostItems else {
        throw error(position, "the script is too long; it can have \(Script.mostItems) lines and directions")
      }
      switch character {
      case "]": throw error(position, "']' closes no direction; remove it, or write '[' before the direction")
      case "[": items.append(ScriptItem(position: position, kind: try direction(depth: depth)))
      case "#" where cursor.isAtLineStart:
        let text = cursor.take { $0.isNewline }.drop { $0 == "#" }
        let title = text.trimmed
        guard !title.isEmpty else { throw error(position, "the heading is empty; write '# A title'") }
        items.append(ScriptItem(position: position, kind: .heading(title)))
      case "/" where cursor.isAtLineStart && cursor.isNext("//"): _ = cursor.take { $0.isNewline }
      default:
        var text = cursor.take {
          $0.isNewline || $0 == "[" || $0 == "]" || endsAtBar && $0 == "|"
        }
        // The full stop after `[either: ...].` belongs to the line before.
        if isAfterDirection {
          text = String(text.drop { $0.isWhitespace || ".,;:!?".contains($0) })
          if text.isEmpty { continue }
        }
        items.append(ScriptItem(position: position, kind: try line(text.trimmed, at: position)))
      }
    }
    return items
  }

  /// Stores the words of a line; equal ones are stored once.
  /// - Parameter text: the words, if they differ from what timetables show.
  mutating func line(
    _ label: String, saying text: String? = nil, at position: ScriptItem.Position
  ) throws -> ScriptItem.Kind {
    let words = text ?? label
    if let known = texts[words] { return .line(label, text: known) }
    do throws(ScriptFault) {
      let (phonemes, notices) = try vocabulary.pronunciation(of: words)
      for notice in notices where !script.notices.contains(notice) { script.notices.append(notice) }
      script.phonemes.append(phonemes)
    } catch { throw self.error(position, error.reason) }
    texts[words] = script.phonemes.count - 1
    return .line(label, text: script.phonemes.count - 1)
  }

  /// Stores the layer of an action; equal actions are stored once.
  mutating func index(of action: Script.Action, at position: ScriptItem.Position) throws -> Int {
    if let known = actions[action.name] { return known }
    guard script.actions.count < Script.mostActions else {
      throw error(position, "the script has too many different actions; at most \(Script.mostActions)")
    }
    script.actions.append(action)
    actions[action.name] = script.actions.count - 1
    return script.actions.count - 1
  }

  func error(_ position: ScriptItem.Position, _ message: String) -> UserError {
    UserError(.data, at: origin.location(position), message)
  }
}

/// Where the text of a script is: a file, or a part of a preset.
public struct ScriptOrigin: Sendable {
  let file: String
  /// The line of the file before the first line of the script.
  let linesBefore: Int
  /// The indentation of the script in the file.
  let indentation: Int

  /// A script that begins after `linesBefore` lines of the file.
  public init(file: String, linesBefore: Int = 0, indentation: Int = 0) {
    (self.file, self.linesBefore, self.indentation) = (file, linesBefore, indentation)
  }

  /// A position in the file.
  public func location(_ position: ScriptItem.Position) -> SourceLocation {
    SourceLocation(file: file, line: linesBefore + position.line, column: indentation + position.column)
  }
}

extension ScriptItem {
  /// Whether the item takes time though it is not heard.
  var takesTime: Bool {
    switch kind {
    case .pause, .place, .approach: true
    case .repeated(_, let items): items.contains(where: \.takesTime)
    default: false
    }
  }

  /// Whether the item, or one within it, is heard.
  var sounds: Bool {
    switch kind {
    case .line, .breaths, .action, .actionWhile: true
    case .repeated(_, let items): items.contains(where: \.sounds)
    case .either(let alternatives): alternatives.contains { $0.contains(where: \.sounds) }
    default: false
    }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
