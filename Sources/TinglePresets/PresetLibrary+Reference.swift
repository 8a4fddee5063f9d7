import TingleSupport

/// What a word stands for where a preset is wanted.
///
/// A word with a slash, or one that ends in `.yaml` or `.yml`, is a path; every other word is a name. So a file or
/// folder in the working directory never hides a preset.
extension PresetLibrary {
  /// Whether a word is a path to a preset, not a name.
  public static func isPath(_ reference: String) -> Bool { reference.contains("/") || isYAML(reference) }

  /// Whether a file's name ends as presets and plans end.
  public static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  /// Whether a preset can be called by this name.
  public func contains(name: String) -> Bool {
    !Self.isPath(name) && entries().contains { $0.name == name }
  }

  /// Resolves a path in a preset against the preset's folder.
  static func reference(_ reference: String, from file: String) -> String {
    guard isPath(reference), !reference.hasPrefix("/"), file != "<stdin>" else { return reference }
    return FileSystem.absolute(FileSystem.path(reference, in: FileSystem.folder(of: file)))
  }

  /// The presets that a word of a batch stands for: a pattern and a folder stand for the presets in them. A folder
  /// that has the name of a preset is meant only where it is written as a path, `./sleep`.
  /// - Returns: names and paths, sorted; empty for a pattern or a folder without presets.
  package func expanded(_ reference: String) -> [String] {
    if contains(name: reference) { return [reference] }
    if FileSystem.isFolder(reference) {
      let names = FileSystem.names(in: reference).filter { Self.isYAML($0) && !$0.hasPrefix(".") }
      let folder = reference.hasSuffix("/") ? reference : reference + "/"
      return names.sorted().map { folder + $0 }
    }
    guard !FileSystem.exists(reference), reference.contains(where: { "*?[".contains($0) }) else {
      return [reference]
    }
    return FileSystem.matches(reference).filter { !$0.hasSuffix("/") }
      .map { Self.isPath($0) ? $0 : "./" + $0 }
  }

  /// What else could be meant by a name that no preset has.
  func hint(for name: String) -> String {
    if let near = Spelling.suggestion(for: name, among: entries().map(\.name)) {
      return "; did you mean '\(near)'?"
    }
    if FileSystem.exists(name), !FileSystem.isFolder(name) {
      return "; if the file is meant, write './\(name)'"
    }
    return "; `tingle presets` lists those there are"
  }
}
