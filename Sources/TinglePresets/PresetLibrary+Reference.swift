import TingleSupport

/// References to presets in arguments and in `extends:`.
///
/// A reference that contains a slash or ends in `.yaml` or `.yml` is a path; every other reference is a name.
/// Thus a file or folder in the working directory never hides a preset.
extension PresetLibrary {
  /// Whether a reference is a path, not a name.
  public static func isPath(_ reference: String) -> Bool { reference.contains("/") || isYAML(reference) }

  /// Whether a file name has the extension of presets and plans.
  public static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  /// Whether there is a preset with this name.
  public func contains(name: String) -> Bool {
    !Self.isPath(name) && entries().contains { $0.name == name }
  }

  /// Resolves a path in a preset against the preset's folder.
  static func reference(_ reference: String, from file: String) -> String {
    guard isPath(reference), !reference.hasPrefix("/"), file != "<stdin>" else { return reference }
    return FileSystem.absolute(FileSystem.path(reference, in: FileSystem.folder(of: file)))
  }

  /// Expands a batch argument: a folder and a pattern select the presets in them. A name that is both a
  /// preset and a folder selects the preset; `./sleep` selects the folder.
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

  /// The end of the error message for an unknown preset.
  func hint(for name: String) -> String {
    if let near = Spelling.suggestion(for: name, among: entries().map(\.name)) {
      return "; did you mean '\(near)'?"
    }
    if FileSystem.exists(name), !FileSystem.isFolder(name) {
      return "; for the file, write './\(name)'"
    }
    return "; `tingle presets` lists them"
  }
}
