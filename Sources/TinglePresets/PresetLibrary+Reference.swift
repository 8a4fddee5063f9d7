import Foundation

/// What a word stands for where a preset is wanted.
///
/// A word with a slash, or one that ends in `.yaml` or `.yml`, is a path; every other word is a name. So a file or
/// folder in the working directory never hides a preset.
extension PresetLibrary {
  /// Whether a word is a path to a preset, not a name.
  public static func isPath(_ reference: String) -> Bool { reference.contains("/") || isYAML(reference) }

  /// Whether a file's name ends as presets and plans end.
  static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  /// Whether a preset can be called by this name.
  public func contains(name: String) -> Bool {
    !Self.isPath(name) && entries().contains { $0.name == name }
  }

  /// Resolves a path in a preset against the preset's folder.
  static func reference(_ reference: String, from file: String) -> String {
    let folder = (file as NSString).deletingLastPathComponent
    guard isPath(reference), !reference.hasPrefix("/"), file != "<stdin>" else { return reference }
    return URL(fileURLWithPath: folder.isEmpty ? reference : "\(folder)/\(reference)").standardizedFileURL
      .path
  }

  /// The presets that a word of a batch stands for: a pattern and a folder stand for the presets in them. A folder
  /// that has the name of a preset is meant only where it is written as a path, `./sleep`.
  /// - Returns: names and paths, sorted; empty for a pattern or a folder without presets.
  package func expanded(_ reference: String) -> [String] {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder)
    if contains(name: reference) { return [reference] }
    if isFolder.boolValue {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: reference)) ?? []
      let folder = reference.hasSuffix("/") ? reference : reference + "/"
      return names.filter { Self.isYAML($0) && !$0.hasPrefix(".") }.sorted().map { folder + $0 }
    }
    guard !exists, reference.contains(where: { "*?[".contains($0) }) else { return [reference] }
    var found = glob_t()
    defer { globfree(&found) }
    // Folders end in a slash.
    guard glob(reference, GLOB_MARK, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
      .filter { !$0.hasSuffix("/") }
      .map { Self.isPath($0) ? $0 : "./" + $0 }
  }

  /// What else could be meant by a name that no preset has.
  func hint(for name: String) -> String {
    if let near = Spelling.suggestion(for: name, among: entries().map(\.name)) {
      return "; did you mean '\(near)'?"
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), !isFolder.boolValue {
      return "; if the file is meant, write './\(name)'"
    }
    return "; `tingle presets` lists those there are"
  }
}
