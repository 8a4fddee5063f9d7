import TingleSupport

/// A preset's text under another name, comments and all.
extension PresetLibrary {
  /// What a preset of a name is titled, unless it says otherwise: `my-evening` is `My evening`.
  public static func title(of name: String) -> String {
    let words = name.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The text of a preset for somebody's own folder: with a title of its own, and a path that still leads where it did.
  /// - Parameter source: as `text(of:)` gives it.
  /// - Throws: `UserError`: data for one that is wrong, or cannot be copied line by line; usage for the name of one that it
  ///   extends, which would extend itself then.
  public func copy(of source: (name: String, file: String, text: String), as name: String) throws -> String {
    var ancestors: [String] = []
    _ = try preset(source, for: []) { ancestors.append($0) }
    guard !ancestors.contains(name) else {
      throw UserError(
        .usage, "'\(source.name)' extends '\(name)', which cannot be made of it; take another name")
    }
    var lines = source.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
      String.init)
    let title = "title: \(Self.title(of: name))"
    if let place = lines.firstIndex(where: { $0.hasPrefix("title:") }) {
      // A long title goes on in lines that are set in.
      let end = lines[(place + 1)...].firstIndex { $0.first?.isWhitespace != true } ?? lines.endIndex
      lines.replaceSubrange(place..<end, with: [title])
    } else {
      lines.insert(title, at: lines.firstIndex(of: "---").map { $0 + 1 } ?? 0)
    }
    if let place = lines.firstIndex(where: { $0.hasPrefix("extends:") }) {
      let written = lines[place].dropFirst("extends:".count).split(separator: " #").first ?? ""
      let value = written.trimming { $0.isWhitespace || "'\"".contains($0) }
      if Self.isPath(value) { lines[place] = "extends: '\(Self.reference(value, from: source.file))'" }
    }
    let copy = lines.joined(separator: "\n")
    do {
      _ = try PresetParser.parse(copy, name: name, file: name) { try preset($0) }
    } catch {
      throw UserError(
        .data,
        "'\(source.file)' is written in a way that cannot be retitled; copy the file, and change its title")
    }
    return copy
  }
}

extension Substring {
  fileprivate func trimming(_ isEdge: (Character) -> Bool) -> String {
    let start = drop(while: isEdge)
    return String(start.lastIndex { !isEdge($0) }.map { start[...$0] } ?? "")
  }
}
