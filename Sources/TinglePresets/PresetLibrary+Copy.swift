import TingleSupport

extension PresetLibrary {
  /// The title made from a preset's name: `My evening` for `my-evening`.
  public static func title(of name: String) -> String {
    let words = name.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Copies a preset's text, comments included, for another folder. The copy gets a new title, and a path in
  /// `extends:` becomes absolute.
  /// - Parameters:
  ///   - source: the result of `text(of:)`.
  ///   - name: the name of the copy.
  /// - Throws: `UserError`: data for a preset that cannot be parsed or copied line by line; usage for the
  ///   name of a preset that the source extends: the copy would extend itself.
  public func copy(of source: (name: String, file: String, text: String), as name: String) throws -> String {
    var ancestors: [String] = []
    _ = try preset(source, for: []) { ancestors.append($0) }
    guard !ancestors.contains(name) else {
      throw UserError(
        .usage, "'\(source.name)' extends '\(name)', so a copy cannot have that name; choose another name")
    }
    var lines = source.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
      String.init)
    let title = "title: \(Self.title(of: name))"
    if let index = lines.firstIndex(where: { $0.hasPrefix("title:") }) {
      // A long title continues on indented lines.
      let end = lines[(index + 1)...].firstIndex { $0.first?.isWhitespace != true } ?? lines.endIndex
      lines.replaceSubrange(index..<end, with: [title])
    } else {
      lines.insert(title, at: lines.firstIndex(of: "---").map { $0 + 1 } ?? 0)
    }
    if let index = lines.firstIndex(where: { $0.hasPrefix("extends:") }) {
      let written = lines[index].dropFirst("extends:".count).split(separator: " #").first ?? ""
      let value = written.trimming { $0.isWhitespace || "'\"".contains($0) }
      if Self.isPath(value) { lines[index] = "extends: '\(Self.reference(value, from: source.file))'" }
    }
    let copy = lines.joined(separator: "\n")
    do {
      _ = try PresetParser.parse(copy, name: name, file: name) { try preset($0) }
    } catch {
      throw UserError(
        .data,
        "the title of '\(source.file)' cannot be replaced; copy the file and edit its title")
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
