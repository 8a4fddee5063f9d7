import Foundation

/// A file in the making: written under a temporary name in the same folder, renamed when whole, so that a file of
/// that name is at every moment either the old one or the new one.
///
/// The temporary file is locked while somebody writes it. One that nobody locks was left by a program that was killed; it is
/// taken over.
public final class ReplacedFile {
  public let path: String
  /// Where it is written.
  public let temporaryPath: String
  /// The temporary file, open for reading and writing until it is committed or abandoned.
  public private(set) var descriptor: Int32
  private let replaces: Bool

  /// - Parameters:
  ///   - overwrite: whether a file that exists may be replaced.
  ///   - continues: whether what a killed program left of the temporary file is kept.
  /// - Throws: `AudioError` (`cannotCreate`) when the file may not be created, (`busy`) when another program is writing it.
  public init(path: String, overwrite: Bool, continues: Bool = false) throws {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    replaces = try Self.mayCreate(path, in: folder.isEmpty ? "." : folder)
    if replaces, !overwrite {
      throw AudioError(.cannotCreate, "'\(path)' exists; say --force to replace it, or choose another name")
    }
    temporaryPath = (folder as NSString).appendingPathComponent(".\(name).part")
    descriptor = try Self.openLocked(temporaryPath, for: path)
    // The new file gets the old one's permissions, or the usual ones.
    var status = stat()
    if replaces, stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    if !continues { ftruncate(descriptor, 0) }
  }

  // Whoever neither committed nor left it has given up.
  deinit { abandon() }

  /// Whether a file of that name is there; refuses what cannot be one.
  private static func mayCreate(_ path: String, in folder: String) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw AudioError(.cannotCreate, "cannot create '\(path)': there is no folder '\(folder)'")
    }
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isThere, isFolder.boolValue {
      throw AudioError(.cannotCreate, "cannot create '\(path)': it is a folder; name a file in it")
    }
    if isThere,
      let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType,
      type != .typeRegular, type != .typeSymbolicLink
    {
      throw AudioError(
        .cannotCreate, "cannot replace '\(path)': it is not a regular file; use -o - and redirect it there")
    }
    return isThere
  }

  private static func openLocked(_ temporaryPath: String, for path: String) throws -> Int32 {
    while true {
      let descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw AudioError(.cannotCreate, "cannot create '\(path)': \(String(cString: strerror(errno)))")
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        Foundation.close(descriptor)
        throw AudioError(.busy, "'\(path)' is being written by another program; wait for it, or end it")
      }
      // Between opening and locking, its writer may have given the file its name: then it is no longer temporary.
      var (opened, named) = (stat(), stat())
      fstat(descriptor, &opened)
      if stat(temporaryPath, &named) == 0, opened.st_ino == named.st_ino { return descriptor }
      Foundation.close(descriptor)
    }
  }

  /// Gives the whole file its name.
  public func commit() throws {
    // An older file is only let go when the new one is safely on the disk.
    if replaces { fsync(descriptor) }
    guard rename(temporaryPath, path) == 0 else {
      let reason = String(cString: strerror(errno))
      abandon()
      throw AudioError(.cannotCreate, "cannot create '\(path)': \(reason)")
    }
    closeDescriptor()
  }

  /// Removes the temporary file.
  public func abandon() {
    guard descriptor >= 0 else { return }
    unlink(temporaryPath)
    closeDescriptor()
  }

  /// Leaves the temporary file to whoever continues it.
  public func leave() { closeDescriptor() }

  private func closeDescriptor() {
    if descriptor >= 0 { Foundation.close(descriptor) }
    descriptor = -1
  }
}
