import TingleSupport
import Yams

/// Translates errors of the YAML parser into messages with the fault, its position and the correction.
extension YAMLText {
  static func error(_ problem: YamlError, in text: String, file: String) -> UserError {
    switch problem {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let mark = SourceLocation(file: file, line: mark.line, column: mark.column)
      let start = context.map { SourceLocation(file: file, line: $0.mark.line, column: $0.mark.column) }
      let diagnosis = Diagnosis(
        lines: text.textLines, problem: problem, mark: mark, start: start ?? mark,
        context: context?.text ?? "")
      if let tab = diagnosis.tab {
        return UserError(.data, at: tab, "a tab is used for indentation; use spaces")
      }
      let (location, message) = diagnosis.result
      return UserError(.data, at: location, message)
    default: return YAMLReader(file: file).error(nil, "this is not YAML: \(problem)")
    }
  }

  /// An error of the parser: the text, the position of the error, and the construct that was parsed.
  private struct Diagnosis {
    let lines: [Substring]
    let problem: String
    /// The position where the parser stopped.
    let mark: SourceLocation
    /// The beginning of the construct that the parser was parsing.
    let start: SourceLocation
    /// The construct that the parser was parsing, in the parser's words.
    let context: String

    private static let noColon = "this line is not 'key: value'; write a colon and a space after the key"

    private func line(_ number: Int) -> Substring {
      lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    /// The text of the line before `mark`.
    private var before: String {
      String(String.UnicodeScalarView(line(mark.line).unicodeScalars.prefix(mark.column - 1)))
    }

    /// The character at `mark`.
    private var character: String {
      line(mark.line).unicodeScalars.dropFirst(mark.column - 1).first.map { String($0) } ?? ""
    }

    /// The word at `mark`.
    private var word: String {
      String(
        String.UnicodeScalarView(
          line(mark.line).unicodeScalars.dropFirst(mark.column - 1).prefix {
            !$0.properties.isWhitespace && !",[]{}".unicodeScalars.contains($0)
          }))
    }

    private func location(line: Int, column: Int) -> SourceLocation {
      SourceLocation(file: mark.file, line: line, column: column)
    }

    /// The position of the last tab in the indentation of the lines from `start` to `mark`.
    var tab: SourceLocation? {
      if character == "\t", before.allSatisfy(\.isWhitespace) || problem.contains("cannot start any token") {
        return mark
      }
      for number in stride(from: mark.line, through: max(1, min(start.line, mark.line)), by: -1) {
        let indentation = line(number).prefix { $0 == " " || $0 == "\t" }
        if let tab = indentation.firstIndex(of: "\t"), indentation.endIndex != line(number).endIndex {
          let column = indentation.distance(from: indentation.startIndex, to: tab) + 1
          return location(line: number, column: column)
        }
      }
      return nil
    }

    /// The position and the message of the error.
    var result: (SourceLocation, String) {
      let isFirst = before.allSatisfy { $0.isWhitespace || $0 == "-" }
      switch problem {
      case "mapping values are not allowed in this context":
        let value = before.trimmingWhitespace
        guard let colon = value.firstRange(of: #/:\s/#) else {
          let above = stride(from: mark.line - 1, to: 0, by: -1).first {
            !line($0).allSatisfy(\.isWhitespace)
          }
          if let above, !line(above).contains(":") {
            let column = 1 + line(above).prefix { $0 == " " }.count
            return (location(line: above, column: column), Self.noColon)
          }
          return (
            location(line: mark.line, column: 1 + before.prefix { $0 == " " }.count),
            "this line is indented deeper than the line above, which already has a value; align them"
          )
        }
        let key = value[..<colon.lowerBound]
        let rest = String(line(mark.line)).trimmingWhitespace.dropFirst(key.count + 1)
        return (
          mark,
          "a value that contains a colon needs quotes; write \(key): \"\(String(rest).trimmingWhitespace)\""
        )
      case "did not find expected key" where !isFirst:
        return (mark, "the value ends before '\(word)'; put the whole value in quotes")
      case "did not find expected key":
        return (mark, "no line above has this indentation; align the keys of one mapping")
      case "did not find expected '-' indicator":
        return (
          mark,
          "this line is not an item of the list above; start each item with '-' in column \(start.column)"
        )
      case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
        let (open, close) = problem.hasSuffix("]'") ? ("[", "]") : ("{", "}")
        return (
          mark,
          "expected ',' or '\(close)'; the '\(open)' is in line \(start.line), column \(start.column)"
        )
      case "could not find expected ':'":
        return (start, Self.noColon)
      case "found unexpected end of stream", "found unexpected document indicator":
        return (start, "this quote is not closed")
      case "found unknown escape character", "did not find expected hexdecimal number":
        return (mark, "unknown escape; write \\\\ for a backslash, or use single quotes")
      case "found undefined alias":
        let name = word.dropFirst()
        return (mark, "alias '*\(name)' has no anchor '&\(name)' before it; write the value itself")
      case "block sequence entries are not allowed in this context":
        if let minus = line(mark.line).firstMatch(of: #/- +(\d[^#]*)/#) {
          return (
            mark,
            "there is a space after the minus; write '-\(String(minus.output.1).trimmingWhitespace)'"
          )
        }
        return (mark, "start the list on the line below its key, or write it as [one, two]")
      case "but found another document":
        return (mark, "a second document starts here, and a file holds one; remove '---' or use two files")
      case "did not find expected <document start>":
        return (mark, "this line does not continue the text above; align all keys")
      case "Maximum nesting level reached, set with yaml_set_max_nest_level())":
        return (mark, "the nesting is too deep")
      default: return byContext
      }
    }

    /// Errors about values that begin with a character that has a meaning in YAML.
    private var byContext: (SourceLocation, String) {
      func quoted(_ sign: String, _ meaning: String) -> String {
        "'\(sign)' \(meaning) in YAML; put a value that begins with it in quotes"
      }
      switch context {
      case _ where problem.contains("cannot start any token"):
        return (mark, quoted(character, "is reserved"))
      case "while scanning an anchor": return (start, quoted("&", "starts an anchor"))
      case "while scanning an alias": return (start, quoted("*", "starts an alias"))
      case "while scanning a directive": return (start, quoted("%", "starts a directive"))
      case _ where context.hasSuffix("a tag") || problem == "found undefined tag handle":
        return (start, quoted("!", "starts a tag"))
      case "while scanning a block scalar" where problem == "did not find expected comment or line break":
        return (start, quoted("|' or '>", "starts a block of text"))
      case _ where problem == "did not find expected node content":
        return (mark, "expected a value; put a value that begins with '\(character)' in quotes")
      default: return (mark, "this is not YAML: \(problem)")
      }
    }
  }
}
