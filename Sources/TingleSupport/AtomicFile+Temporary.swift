import Foundation

/// The temporary file of an atomic file.
extension AtomicFile {
  /// The path of the temporary file: `.NAME.part` in the same folder, so that the next run of the same
  /// command finds it.
  ///
  /// Where that name exceeds the file system's limit, its end is replaced by a hash of the name.
  static func temporaryPath(of path: String, _ companion: String) -> String {
    let folder = FileSystem.folder(of: path)
    let name = FileSystem.name(of: path)
    let suffix = (companion.isEmpty ? "" : "." + companion) + ".part"
    let limit = FileSystem.withPath(folder) { Int32(clamping: pathconf($0, Int32(_PC_NAME_MAX))) }
    let maxBytes = (limit > 0 ? Int(limit) : 255) - 1 - suffix.utf8.count
    let bytes = FileName.bytes(name)
    guard bytes.count > maxBytes else { return FileSystem.path(".\(name)\(suffix)", in: folder) }
    let hash = "-" + Checksum.of(name).prefix(16)
    var stem = name
    while FileName.bytes(stem).count > max(0, maxBytes - hash.count) {
      stem.unicodeScalars.removeLast()
    }
    return FileSystem.path(".\(stem)\(hash)\(suffix)", in: folder)
  }

  /// Whether a temporary file with content exists for a path: its writer was killed or is still running.
  ///
  /// Streams have no temporary file.
  public static func partialExists(of path: String) -> Bool {
    guard case .file(let target, _)? = try? OutputTarget(path) else { return false }
    return FileSystem.status(temporaryPath(of: target, "")).map { $0.st_size > 0 } ?? false
  }

  /// Opens and locks the temporary file.
  /// - Throws: `UserError`: `busy` if another process has the lock, `cannotCreate`.
  static func openLocked(_ temporaryPath: String, for path: String) throws -> Int32 {
    while true {
      // The name can be taken by anything: do not follow a link, do not block on a pipe.
      let descriptor = FileSystem.open(temporaryPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { throw UserError.creating(path, errno) }
      var opened = stat()
      fstat(descriptor, &opened)
      guard FileSystem.kind(opened) == S_IFREG else {
        close(descriptor)
        throw UserError(
          .cannotCreate, "cannot create '\(path)': '\(temporaryPath)' is not a regular file; remove it")
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(descriptor)
        throw UserError(
          .busy, "'\(path)' is being written by another process; wait until it ends, or stop it")
      }
      // Between the open and the lock, its writer can have given the file its final name; then open again.
      if FileSystem.isName(temporaryPath, of: descriptor) { return descriptor }
      close(descriptor)
    }
  }
}
