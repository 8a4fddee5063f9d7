import TingleSupport

/// Paths that a shell can offer; those of folders end in a slash.
enum FileCandidates {
  /// Folders, and files with one of some extensions, or any.
  /// - Parameter beginning: what was typed of a path; `~/` is the home folder.
  static func files(_ beginning: String, extensions: [String] = []) -> [String] {
    candidates(beginning) { name in
      extensions.isEmpty || extensions.contains { name.lowercased().hasSuffix(".\($0)") }
    }
  }

  /// Folders alone.
  static func folders(_ beginning: String) -> [String] { candidates(beginning) { _ in false } }

  private static func candidates(_ beginning: String, where isWanted: (String) -> Bool) -> [String] {
    let slash = beginning.lastIndex(of: "/")
    let typed = slash.map { String(beginning[...$0]) } ?? ""
    let name = String(beginning[typed.endIndex...])
    let folder = typed.isEmpty ? "." : expanded(typed)
    return FileSystem.names(in: folder).filter { other in
      // A line each: names with control characters cannot be offered.
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
