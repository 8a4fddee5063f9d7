import Foundation

/// Where an atomic file is written meanwhile.
extension AtomicFile {
  /// `.name.part`, which the next run of the same command finds again; where that is longer than a name may be, the name's end
  /// becomes a hash of it.
  static func temporaryPath(of path: String, _ companion: String) -> String {
    let folder = FileSystem.folder(of: path)
    let name = FileSystem.name(of: path)
    let end = (companion.isEmpty ? "" : "." + companion) + ".part"
    let longest = FileSystem.withPath(folder) { Int32(clamping: pathconf($0, Int32(_PC_NAME_MAX))) }
    let room = (longest > 0 ? Int(longest) : 255) - 1 - end.utf8.count
    let bytes = FileName.bytes(name)
    guard bytes.count > room else { return FileSystem.path(".\(name)\(end)", in: folder) }
    let hash = "-" + Checksum.of(name).prefix(16)
    var beginning = name
    while FileName.bytes(beginning).count > max(0, room - hash.count) {
      beginning.unicodeScalars.removeLast()
    }
    return FileSystem.path(".\(beginning)\(hash)\(end)", in: folder)
  }

  /// Whether a program that was killed, or still runs, has begun the temporary file of a path; a stream has none.
  public static func isLeft(of path: String) -> Bool {
    guard case .file(let place, _)? = try? OutputTarget(path) else { return false }
    return FileSystem.status(temporaryPath(of: place, "")).map { $0.st_size > 0 } ?? false
  }

  /// Opens the temporary file, once no other program has it.
  static func openLocked(_ temporaryPath: String, for path: String) throws -> Int32 {
    while true {
      // Whatever lies there under that name: a link is not followed, and a pipe is not waited for.
      let descriptor = FileSystem.open(temporaryPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { throw UserError.creating(path, errno) }
      var opened = stat()
      fstat(descriptor, &opened)
      guard FileSystem.kind(opened) == S_IFREG else {
        close(descriptor)
        throw UserError(
          .cannotCreate, "cannot create '\(path)': '\(temporaryPath)' is in the way; remove it")
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(descriptor)
        throw UserError(.busy, "'\(path)' is being written by another program; wait for it, or end it")
      }
      // Its writer can have renamed the file between the open and the lock; it is then no longer temporary.
      if FileSystem.isName(temporaryPath, of: descriptor) { return descriptor }
      close(descriptor)
    }
  }
}
