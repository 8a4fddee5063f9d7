import Foundation
import TingleSupport

/// Finds presets: by name on the shelves, by path, or on standard input.
public struct PresetLibrary: Sendable {
  /// A preset on a shelf.
  public struct Entry: Sendable {
    /// What it is called.
    public let name: String
    /// Where it is.
    public let path: String
  }

  /// The folders that are searched, the first first.
  public let folders: [String]

  /// Where the user's own presets are; nil for a user without a home folder.
  public let ownFolder: String?

  /// The usual shelves: `Presets` here, the user's own, the installed ones.
  /// - Parameters:
  ///   - environment: for XDG_CONFIG_HOME, XDG_DATA_DIRS and HOME.
  ///   - executable: the running program's path; its shelf is `../share/tingle/presets`.
  public init(environment: [String: String], executable: String?) {
    var folders = ["Presets"]
    ownFolder = Environment.folder("XDG_CONFIG_HOME", else: ".config", environment).map {
      $0 + "/tingle/presets"
    }
    if let ownFolder { folders.append(ownFolder) }
    if let executable {
      let binary = FileSystem.realPath(executable) ?? executable
      let prefix = FileSystem.folder(of: FileSystem.folder(of: binary))
      folders.append(FileSystem.path("share/tingle/presets", in: prefix))
    }
    let data = environment["XDG_DATA_DIRS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share"
    for folder in data.split(separator: ":") {
      let path = "\(folder)/tingle/presets"
      if !folders.contains(path) { folders.append(path) }
    }
    self.folders = folders
  }

  /// Every preset that can be called by name; of two with one name, the one that is found first.
  public func entries() -> [Entry] {
    var found: [String: Entry] = [:]
    for folder in folders {
      for file in FileSystem.names(in: folder) where file.hasSuffix(".yaml") {
        let name = String(file.dropLast(5))
        if found[name] == nil { found[name] = Entry(name: name, path: "\(folder)/\(file)") }
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The text of a preset and where it came from.
  /// - Parameter reference: a name, a path, or `-` for standard input.
  /// - Throws: `UserError` (noInput, data).
  public func text(of reference: String) throws -> (name: String, file: String, text: String) {
    if reference == "-" {
      return (
        "stdin", "<stdin>", try decoded(InputFile.standardInput(maxBytes: Self.mostBytes + 1), "<stdin>")
      )
    }
    let path: String
    if Self.isPath(reference) {
      path = reference
    } else if let entry = entries().first(where: { $0.name == reference }) {
      path = entry.path
    } else {
      throw UserError(.noInput, "there is no preset '\(reference)'" + hint(for: reference))
    }
    let data: Data
    do {
      data = try InputFile.contents(path, maxBytes: Self.mostBytes + 1)
    } catch {
      throw UserError(error.kind, "the preset \(error.description)")
    }
    let name = FileSystem.name(of: path)
    let end = name.dropFirst().lastIndex(of: ".") ?? name.endIndex
    return (String(name[..<end]), path, try decoded(data, path))
  }

  /// Writes a preset to the listener's own folder.
  /// - Parameters:
  ///   - overwrite: whether one of that name may be replaced.
  ///   - hint: what else could be done, if it may not.
  /// - Returns: its path.
  /// - Throws: `UserError` (usage, cannotCreate), `UserError` (cannotCreate, inputOutput).
  @discardableResult public func save(
    _ text: String, as name: String, overwrite: Bool = false, hint: String = ""
  ) throws -> String {
    guard !name.isEmpty, name.first != "-",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else {
      throw UserError(.usage, "a preset's name has letters, digits and dashes: 'my-evening'")
    }
    guard let ownFolder else {
      throw UserError(
        .cannotCreate, "you have no home folder for your presets; set XDG_CONFIG_HOME to a folder for them")
    }
    let path = "\(ownFolder)/\(name).yaml"
    guard overwrite || !FileSystem.exists(path) else {
      throw UserError(.usage, "'\(path)' exists; take another name\(hint)")
    }
    try FileSystem.makeFolder(ownFolder)
    let file = try AtomicFile(path: path, overwrite: true)
    try file.write(Data(text.utf8))
    try file.commit()
    return path
  }

  /// Reads a preset.
  /// - Parameter reference: a name, a path, or `-` for standard input.
  /// - Throws: `UserError`.
  public func preset(_ reference: String) throws -> Preset { try preset(text(of: reference), for: []) }

  /// - Parameters:
  ///   - extending: the files of the presets that wait for this one.
  ///   - visit: gets the name of each preset that this one extends, the nearest first.
  func preset(
    _ source: (name: String, file: String, text: String), for extending: [String],
    visit: @escaping (String) -> Void = { _ in }
  ) throws -> Preset {
    let file = FileSystem.absolute(source.file)
    guard !extending.contains(file) else {
      let others = extending.count - 1
      let way = others == 0 ? "" : ", by way of \(others) other\(others == 1 ? "" : "s")"
      throw UserError(.data, "'\(source.name)' extends itself\(way)")
    }
    return try PresetParser.parse(source.text, name: source.name, file: source.file) {
      visit($0)
      let base = try text(of: Self.reference($0, from: source.file))
      return try preset(base, for: extending + [file], visit: visit)
    }
  }

  /// A preset is no larger.
  private static let mostBytes = 1 << 20

  private func decoded(_ data: Data, _ file: String) throws -> String {
    let place = SourceLocation(file: file, line: 1, column: 1)
    guard data.count <= Self.mostBytes else {
      throw UserError(.data, at: place, "this is no preset: it is larger than a megabyte")
    }
    do {
      return try TextEncoding.text(data)
    } catch {
      throw UserError(error, in: file)
    }
  }
}
