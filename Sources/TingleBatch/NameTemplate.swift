import TinglePresets
import TingleSupport

/// A file name with placeholders: `{preset}-{seed}.{ext}`.
struct NameTemplate {
  enum Placeholder: String, CaseIterable {
    case preset, seed, duration, format, ext, set
  }

  private enum Piece {
    case text(String)
    case placeholder(Placeholder)
  }

  private var pieces: [Piece] = []

  /// Parses a template.
  /// - Throws: `UserError` (usage) for an unknown placeholder.
  init(_ text: String) throws {
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let word = String(rest[rest.index(after: open)..<close])
      guard let placeholder = Placeholder(rawValue: word) else {
        let hint = Spelling.hint(for: word, among: Placeholder.allCases.map(\.rawValue))
        throw UserError(.usage, "unknown placeholder '{\(word)}' in the name '\(text)'\(hint)")
      }
      pieces += [.text(String(rest[..<open])), .placeholder(placeholder)]
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
  }

  /// The file name with its placeholders replaced. A slash in a value becomes a dash.
  func filled(_ value: (Placeholder) -> String) -> String {
    pieces.reduce(into: "") { name, piece in
      switch piece {
      case .text(let text): name += text
      case .placeholder(let placeholder):
        let value = value(placeholder)
        name += value.utf8.contains(UInt8(ascii: "/")) ? value.replacing("/", with: "-") : value
      }
    }
  }
}
