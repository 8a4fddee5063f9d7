import Foundation

/// A file in the making: written under a temporary name in the same folder, renamed when whole, so that a file of
/// that name is at every moment either the old one or the new one.
public final class ReplacedFile {
  public let path: String
  /// Where it is written.
  public let temporaryPath: String
  private let replaces: Bool

  /// - Throws: `AudioError` (`cannotCreate`) when the file may not be created.
  public init(path: String, overwrite: Bool) throws {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    let shownFolder = folder.isEmpty ? "." : folder
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: shownFolder, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw AudioError(.cannotCreate, "cannot create '\(path)': there is no folder '\(shownFolder)'")
    }
    replaces = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if replaces, isFolder.boolValue {
      throw AudioError(.cannotCreate, "cannot create '\(path)': it is a folder; name a file in it")
    }
    if replaces,
      let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType,
      type != .typeRegular, type != .typeSymbolicLink
    {
      throw AudioError(
        .cannotCreate, "cannot replace '\(path)': it is not a regular file; use -o - and redirect it there")
    }
    if replaces, !overwrite {
      throw AudioError(.cannotCreate, "'\(path)' exists; say --force to replace it, or choose another name")
    }
    temporaryPath = (folder as NSString).appendingPathComponent(".\(name).\(getpid()).part")
    // The new file gets the old one's permissions, or the usual ones.
    var status = stat()
    let mode = replaces && stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o666
    let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC, mode)
    guard descriptor >= 0 else {
      throw AudioError(.cannotCreate, "cannot create '\(path)': \(String(cString: strerror(errno)))")
    }
    Foundation.close(descriptor)
  }

  /// Gives the whole file its name.
  public func commit() throws {
    // An older file is only let go when the new one is safely on the disk.
    if replaces { synchronise() }
    guard rename(temporaryPath, path) == 0 else {
      let reason = String(cString: strerror(errno))
      abandon()
      throw AudioError(.cannotCreate, "cannot create '\(path)': \(reason)")
    }
  }

  /// Removes the temporary file.
  public func abandon() { unlink(temporaryPath) }

  private func synchronise() {
    let descriptor = open(temporaryPath, O_WRONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Foundation.close(descriptor)
  }
}
