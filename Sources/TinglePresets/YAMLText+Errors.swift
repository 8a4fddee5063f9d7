import TingleSupport
import Yams

/// What the YAML parser refuses, in the words of people who write presets.
extension YAMLText {
  static func refusal(_ problem: YamlError, in text: String, file: String) -> UserError {
    switch problem {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let mark = SourceLocation(file: file, line: mark.line, column: mark.column)
      let start = context.map { SourceLocation(file: file, line: $0.mark.line, column: $0.mark.column) }
      let reading = Reading(
        lines: text.textLines, problem: problem, mark: mark, start: start ?? mark,
        context: context?.text ?? "")
      if let tab = reading.tab {
        return UserError(.data, at: tab, "a tab is used for indentation; indent with spaces")
      }
      let (place, sentence) = reading.refusal
      return UserError(.data, at: place, sentence)
    default: return UserError(.data, at: place(of: nil, in: file), "this is not YAML: \(problem)")
    }
  }

  /// A place where the parser stopped.
  private struct Reading {
    let lines: [Substring]
    let problem: String
    let mark: SourceLocation
    /// Where what the parser was reading begins.
    let start: SourceLocation
    /// What the parser was reading.
    let context: String

    private static let noColon = "this line is not 'key: value'; a colon and a space follow the key"

    private func line(_ number: Int) -> Substring {
      lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    /// The text of the line before the place.
    private var before: String {
      String(String.UnicodeScalarView(line(mark.line).unicodeScalars.prefix(mark.column - 1)))
    }

    /// The character at the place.
    private var character: String {
      line(mark.line).unicodeScalars.dropFirst(mark.column - 1).first.map { String($0) } ?? ""
    }

    /// The word at the place.
    private var word: String {
      String(
        String.UnicodeScalarView(
          line(mark.line).unicodeScalars.dropFirst(mark.column - 1).prefix {
            !$0.properties.isWhitespace && !",[]{}".unicodeScalars.contains($0)
          }))
    }

    private func place(line: Int, column: Int) -> SourceLocation {
      SourceLocation(file: mark.file, line: line, column: column)
    }

    /// The nearest tab in the indentation of a line, up to where the parser stopped.
    var tab: SourceLocation? {
      if character == "\t", before.allSatisfy(\.isWhitespace) || problem.contains("cannot start any token") {
        return mark
      }
      for number in stride(from: mark.line, through: max(1, min(start.line, mark.line)), by: -1) {
        let indentation = line(number).prefix { $0 == " " || $0 == "\t" }
        if let tab = indentation.firstIndex(of: "\t"), indentation.endIndex != line(number).endIndex {
          let column = indentation.distance(from: indentation.startIndex, to: tab) + 1
          return place(line: number, column: column)
        }
      }
      return nil
    }

    var refusal: (SourceLocation, String) {
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
            return (place(line: above, column: column), Self.noColon)
          }
          return (
            place(line: mark.line, column: 1 + before.prefix { $0 == " " }.count),
            "this line is indented deeper than the one before, which has a value already; begin both in one column"
          )
        }
        let key = value[..<colon.lowerBound]
        let rest = String(line(mark.line)).trimmingWhitespace.dropFirst(key.count + 1)
        return (
          mark,
          "a value with a colon in it stands in quotes; write \(key): \"\(String(rest).trimmingWhitespace)\""
        )
      case "did not find expected key" where !isFirst:
        return (mark, "the value before '\(word)' has ended; put all of it in quotes")
      case "did not find expected key":
        return (mark, "no line above has this indentation; keys that belong together begin in one column")
      case "did not find expected '-' indicator":
        return (
          mark,
          "this line does not belong to the list above; each of its entries begins with '-' in column \(start.column)"
        )
      case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
        let (open, close) = problem.hasSuffix("]'") ? ("[", "]") : ("{", "}")
        return (
          mark,
          "',' or '\(close)' is missing here; the '\(open)' stands in line \(start.line), column \(start.column)"
        )
      case "could not find expected ':'":
        return (start, Self.noColon)
      case "found unexpected end of stream", "found unexpected document indicator":
        return (start, "a quote is opened here and not closed")
      case "found unknown escape character", "did not find expected hexdecimal number":
        return (
          mark,
          "a backslash in double quotes begins an escape; write \\\\ for a backslash, or use single quotes"
        )
      case "found undefined alias":
        let name = word.dropFirst()
        return (mark, "the alias '*\(name)' has no anchor '&\(name)' before it; write the value itself")
      case "block sequence entries are not allowed in this context":
        if let minus = line(mark.line).firstMatch(of: #/- +(\d[^#]*)/#) {
          return (
            mark,
            "no space stands between a minus and its number; write '-\(String(minus.output.1).trimmingWhitespace)'"
          )
        }
        return (mark, "a list begins on a line of its own, below its key; or write it as [one, two]")
      case "but found another document":
        return (
          mark, "another document begins here, and a file holds one; remove '---', or make two files of it"
        )
      case "did not find expected <document start>":
        return (
          mark,
          "the text before this line is complete, and this does not belong to it; begin all keys in one column"
        )
      case "Maximum nesting level reached, set with yaml_set_max_nest_level())":
        return (mark, "this is nested too deeply")
      default: return byContext
      }
    }

    /// Characters with a meaning in YAML, at the beginning of a value where they are not meant so.
    private var byContext: (SourceLocation, String) {
      func quoted(_ sign: String, _ meaning: String) -> String {
        "'\(sign)' \(meaning); put a value that begins with it in quotes"
      }
      switch context {
      case _ where problem.contains("cannot start any token"):
        return (mark, quoted(character, "has a meaning of its own in YAML"))
      case "while scanning an anchor": return (start, quoted("&", "begins an anchor"))
      case "while scanning an alias": return (start, quoted("*", "begins an alias"))
      case "while scanning a directive": return (start, quoted("%", "begins a directive"))
      case _ where context.hasSuffix("a tag") || problem == "found undefined tag handle":
        return (start, quoted("!", "begins a tag"))
      case "while scanning a block scalar" where problem == "did not find expected comment or line break":
        return (start, quoted("|' or '>", "begins a text on the lines below"))
      case _ where problem == "did not find expected node content":
        return (mark, "a value is missing here; put one that begins with '\(character)' in quotes")
      default: return (mark, "this is not YAML: \(problem)")
      }
    }
  }
}
