import Foundation
import TingleDSP
import TingleSupport

/// Finds textures: shipped ones, those in the user's own folder, and files by their path.
public enum TextureLibrary {
  /// A texture that presets can name.
  public struct Entry: Sendable {
    public let name: String
    public let model: TextureModel
    /// The path of the file; nil for a shipped texture.
    public let path: String?
  }

  private static let fileExtension = ".texture"
  /// The size limit of a file.
  private static let mostBytes = 1 << 20

  /// The folder of the user's own textures; nil for a user without a home folder.
  public static var ownFolder: String? {
    Environment.folder("XDG_CONFIG_HOME", else: ".config", Environment.variables).map {
      $0 + "/tingle/textures"
    }
  }

  /// All textures that have a name, sorted. One of the user's own replaces a shipped one with its name.
  /// - Parameter report: receives the errors of files that cannot be read.
  public static func entries(report: (UserError) -> Void = { _ in }) -> [Entry] {
    var found = Dictionary(
      uniqueKeysWithValues: ShippedTextures.all.map {
        ($0.name, Entry(name: $0.name, model: $0.model, path: nil))
      })
    if let ownFolder {
      for file in FileSystem.names(in: ownFolder).sorted() where file.hasSuffix(fileExtension) {
        let path = FileSystem.path(file, in: ownFolder)
        let name = String(file.dropLast(fileExtension.count))
        do { found[name] = Entry(name: name, model: try model(ofFile: path), path: path) } catch {
          report(error)
        }
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The texture that a reference names, and the reference with an absolute path.
  /// - Parameters:
  ///   - reference: a name, or a path: with a slash, or with the extension `.texture`.
  ///   - folder: the folder against which a relative path is resolved. A file name that is not in it is
  ///     looked up in the user's own folder.
  /// - Throws: `UserError` (noInput, data).
  static func find(_ reference: String, in folder: String) throws(UserError) -> (
    model: TextureModel?, reference: String
  ) {
    if reference.contains("/") || reference.hasSuffix(fileExtension) {
      let beside =
        reference.hasPrefix("/") ? reference : FileSystem.absolute(FileSystem.path(reference, in: folder))
      if !FileSystem.exists(beside), !reference.contains("/"), let ownFolder {
        let own = FileSystem.path(reference, in: ownFolder)
        if FileSystem.exists(own) { return (try model(ofFile: own), own) }
      }
      return (try model(ofFile: beside), beside)
    }
    if let ownFolder {
      let own = FileSystem.path(reference + fileExtension, in: ownFolder)
      if FileSystem.exists(own) { return (try model(ofFile: own), reference) }
    }
    guard ShippedTextures.model(named: reference) != nil else {
      let names = entries().map(\.name)
      let hint =
        Spelling.suggestion(for: reference, among: names).map { "; did you mean '\($0)'?" }
        ?? "; `tingle textures` lists them, and a file's name ends in .texture"
      throw UserError(.noInput, "there is no texture '\(reference)'\(hint)")
    }
    return (nil, reference)
  }

  /// Reads a file.
  /// - Throws: `UserError` (noInput, data).
  public static func model(ofFile path: String) throws(UserError) -> TextureModel {
    let data = try InputFile.contents(path, maxBytes: mostBytes + 1)
    guard data.count <= mostBytes else {
      throw UserError(.data, "'\(path)' is not a texture: it is larger than 1 MiB")
    }
    do {
      return try TextureModel(text: String(decoding: data, as: UTF8.self))
    } catch {
      throw UserError(.data, "'\(path)', line \(error.line): \(error.reason)")
    }
  }
}

extension Texture: TextTrigger {
  mutating func convertText(changedFrom previous: Texture?, in folder: String)
    -> (parameter: String, reason: String)?
  {
    if let previous, previous.file == file { return nil }
    do {
      (model, file) = try TextureLibrary.find(file, in: folder)
      return nil
    } catch {
      return ("file", error.message)
    }
  }
}
