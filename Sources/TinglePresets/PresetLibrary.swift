import Foundation
import TingleSupport

/// Finds presets by name in the preset folders, by path, or on standard input.
public struct PresetLibrary: Sendable {
  /// A preset in a preset folder.
  public struct Entry: Sendable {
    public let name: String
    public let path: String
  }

  /// The preset folders in the order of the search.
  public let folders: [String]

  /// The folder of the user's own presets; nil for a user without a home folder.
  public let ownFolder: String?

  /// The standard folders: `Presets` in the working directory, the user's own, the installed ones.
  /// - Parameters:
  ///   - environment: for XDG_CONFIG_HOME, XDG_DATA_DIRS and HOME.
  ///   - executable: the running program's path; its presets are in `../share/tingle/presets`.
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

  /// All presets in the preset folders. Of presets with the same name, the one in the first folder counts.
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

  /// The name, the path and the text of a preset.
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
    return (FileSystem.stem(of: path), path, try decoded(data, path))
  }

  /// Writes a preset to the user's own folder.
  /// - Parameters:
  ///   - overwrite: whether to replace an existing preset.
  ///   - hint: the end of the error message for an existing preset.
  /// - Returns: the path of the file.
  /// - Throws: `UserError` (usage, cannotCreate, inputOutput).
  @discardableResult public func save(
    _ text: String, as name: String, overwrite: Bool = false, hint: String = ""
  ) throws -> String {
    guard !name.isEmpty, name.first != "-",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else {
      throw UserError(.usage, "'\(name)' is not a preset name; use letters, digits and dashes: 'my-evening'")
    }
    guard let ownFolder else {
      throw UserError(
        .cannotCreate, "there is no home folder for presets; set XDG_CONFIG_HOME to a folder")
    }
    let path = "\(ownFolder)/\(name).yaml"
    guard overwrite || !FileSystem.exists(path) else {
      throw UserError(.usage, "'\(path)' exists; choose another name\(hint)")
    }
    try FileSystem.makeFolder(ownFolder)
    let file = try AtomicFile(path: path, overwrite: true)
    try file.write(Data(text.utf8))
    try file.commit()
    return path
  }

  /// Reads and parses a preset.
  /// - Parameter reference: a name, a path, or `-` for standard input.
  /// - Throws: `UserError`.
  public func preset(_ reference: String) throws -> Preset { try preset(text(of: reference), for: []) }

  /// Parses a preset and the presets that it extends.
  /// - Parameters:
  ///   - extending: the files of the presets that extend this one, to detect cycles.
  ///   - visit: called with the name of each extended preset, the nearest first.
  func preset(
    _ source: (name: String, file: String, text: String), for extending: [String],
    visit: @escaping (String) -> Void = { _ in }
  ) throws -> Preset {
    let file = FileSystem.absolute(source.file)
    guard !extending.contains(file) else {
      let others = extending.count - 1
      let chain = others == 0 ? "" : " through \(others) other preset\(others == 1 ? "" : "s")"
      throw UserError(.data, "'\(source.name)' extends itself\(chain)")
    }
    return try PresetParser.parse(source.text, name: source.name, file: source.file) {
      visit($0)
      let base = try text(of: Self.reference($0, from: source.file))
      return try preset(base, for: extending + [file], visit: visit)
    }
  }

  /// The size limit of a preset.
  private static let mostBytes = 1 << 20

  private func decoded(_ data: Data, _ file: String) throws -> String {
    let location = SourceLocation(file: file, line: 1, column: 1)
    guard data.count <= Self.mostBytes else {
      throw UserError(.data, at: location, "the file is not a preset: it is larger than 1 MiB")
    }
    do {
      return try TextEncoding.text(data)
    } catch {
      throw UserError(error, in: file)
    }
  }
}
