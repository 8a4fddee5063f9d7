import TingleSupport

/// Path completions; folders end with a slash.
enum FileCandidates {
  /// Completes a path to folders, and to files with one of the extensions.
  /// - Parameters:
  ///   - prefix: the typed part of the path; `~/` is the home folder.
  ///   - extensions: the file extensions; empty for any.
  static func files(_ prefix: String, extensions: [String] = []) -> [String] {
    candidates(prefix) { name in
      extensions.isEmpty || extensions.contains { name.lowercased().hasSuffix(".\($0)") }
    }
  }

  /// Completes a path to folders.
  static func folders(_ prefix: String) -> [String] { candidates(prefix) { _ in false } }

  private static func candidates(_ prefix: String, where isWanted: (String) -> Bool) -> [String] {
    let slash = prefix.lastIndex(of: "/")
    let typed = slash.map { String(prefix[...$0]) } ?? ""
    let name = String(prefix[typed.endIndex...])
    let folder = typed.isEmpty ? "." : expanded(typed)
    return FileSystem.names(in: folder).filter { other in
      // Candidates are lines, so names with control characters are left out.
      other.hasPrefix(name) && (name.hasPrefix(".") || !other.hasPrefix("."))
        && !other.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    .compactMap { other in
      if FileSystem.isFolder(FileSystem.path(other, in: folder)) { return typed + other + "/" }
      return isWanted(other) ? typed + other : nil
    }
    .sorted()
  }

  private static func expanded(_ folder: String) -> String {
    guard folder.hasPrefix("~/"), let home = Environment.home(Environment.variables) else { return folder }
    return FileSystem.path(String(folder.dropFirst(2)), in: home)
  }
}
