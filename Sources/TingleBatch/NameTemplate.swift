import TinglePresets
import TingleSupport

/// A file's name with holes in it: `{preset}-{seed}.{ext}`.
struct NameTemplate {
  enum Hole: String, CaseIterable {
    case preset, seed, duration, format, ext, set
  }

  private enum Piece {
    case text(String)
    case hole(Hole)
  }

  private var pieces: [Piece] = []

  /// - Throws: `UserError` (usage) for a hole that nothing fills.
  init(_ text: String) throws {
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let word = String(rest[rest.index(after: open)..<close])
      guard let hole = Hole(rawValue: word) else {
        let hint = Spelling.hint(for: word, among: Hole.allCases.map(\.rawValue))
        throw UserError(.usage, "the name '\(text)' has a hole '{\(word)}' that nothing fills\(hint)")
      }
      pieces += [.text(String(rest[..<open])), .hole(hole)]
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
  }

  /// The name, with a value in each hole. No value makes a folder.
  func filled(_ value: (Hole) -> String) -> String {
    pieces.reduce(into: "") { name, piece in
      switch piece {
      case .text(let text): name += text
      case .hole(let hole):
        let value = value(hole)
        name += value.utf8.contains(UInt8(ascii: "/")) ? value.replacing("/", with: "-") : value
      }
    }
  }
}
