import Foundation

/// A file that is written under a temporary name in the same folder and renamed when it is complete.
///
/// At every moment the path names either the complete old file or the complete new one. If anything fails,
/// the old file stays.
///
/// Symbolic links are followed: the temporary file is in the folder of the file that they lead to. Standard
/// output and named pipes receive the file when it is complete.
///
/// The temporary file is locked while a process writes it. An unlocked one was left by a process that was
/// killed; it is reused.
public final class AtomicFile {
  /// The path as given; `-` is standard output.
  public let path: String
  /// The path of the temporary file.
  public let temporaryPath: String
  /// The descriptor of the temporary file, open for reading and writing until the file is committed or
  /// abandoned.
  public private(set) var descriptor: Int32
  private let destination: Destination
  private let calls: Calls

  /// What `commit` does with the temporary file.
  private enum Destination {
    /// Renames it to this path.
    case name(String)
    /// Copies it to this descriptor; the temporary file has no name.
    case stream(Int32)
  }

  /// The system calls that report failed writes late; tests replace them by calls that fail.
  package struct Calls: Sendable {
    package var sync: @Sendable (Int32) -> Int32 = { fsync($0) }
    package var flush: @Sendable (Int32) -> Int32 = { Descriptor.flush($0) }
    package var syncFolder: @Sendable (Int32) -> Int32 = { fsync($0) }
    package init() {}
  }

  /// Creates the temporary file.
  /// - Parameters:
  ///   - path: the path of the complete file; `-` is standard output.
  ///   - overwrite: whether an existing file is replaced.
  ///   - resumes: whether the content of a temporary file that a killed process left is kept.
  ///   - companion: a suffix for the temporary file's name, for a second file that is kept beside the first.
  ///   - isCancelled: polled while a named pipe has no reader; true stops the wait.
  /// - Throws: `UserError`: `cannotCreate` if the file cannot be created or exists, `busy` if another process
  ///   writes it.
  public convenience init(
    path: String, overwrite: Bool, resumes: Bool = false, companion: String = "",
    isCancelled: () -> Bool = { false }
  ) throws {
    try self.init(
      path: path, overwrite: overwrite, resumes: resumes, companion: companion, isCancelled: isCancelled,
      calls: Calls())
  }

  package init(
    path: String, overwrite: Bool, resumes: Bool = false, companion: String = "",
    isCancelled: () -> Bool = { false }, calls: Calls
  ) throws {
    self.path = path
    self.calls = calls
    let target = try OutputTarget(path)
    guard case .file(let name, let exists) = target else {
      guard let stream = try target.openStream(path, isCancelled: isCancelled) else {
        throw UserError(.cannotCreate, "cannot write '\(path)': no process reads the pipe")
      }
      destination = .stream(stream)
      descriptor = try Descriptor.openNameless().descriptor
      temporaryPath = "/proc/self/fd/\(descriptor)"
      return
    }
    if exists, !overwrite {
      throw UserError(.cannotCreate, "'\(path)' exists; use --force to replace it, or choose another name")
    }
    destination = .name(name)
    temporaryPath = Self.temporaryPath(of: name, companion)
    descriptor = try Self.openLocked(temporaryPath, for: path)
    if exists, let status = FileSystem.status(name) {
      // Keep the old file's permissions and, where allowed, its owner.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      fchmod(descriptor, status.st_mode & 0o777)
    }
    if !resumes { try truncate(to: 0) }
  }

  // A file that was neither committed nor kept is removed.
  deinit { abandon() }

  /// Writes bytes at the descriptor's position.
  /// - Throws: `UserError` (inputOutput).
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  /// Writes data at the descriptor's position.
  /// - Throws: `UserError` (inputOutput).
  public func write(_ data: Data) throws { try data.withUnsafeBytes { try write($0) } }

  /// Sets the file's length in bytes and moves the descriptor's position to its end.
  /// - Throws: `UserError` (inputOutput).
  public func truncate(to length: Int) throws {
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw UserError.writing(path, errno)
    }
  }

  /// Renames the complete file to its path, or copies it to the stream.
  /// - Throws: `UserError` (inputOutput, cannotCreate), `BrokenPipe`; an old file then stays, and the
  ///   temporary file is removed.
  public func commit() throws {
    defer { abandon() }
    switch destination {
    case .stream(let stream): try copy(to: stream)
    case .name(let name):
      // A quota or a network file system can report a failed write only now. The descriptor stays open to
      // hold the lock until the file is renamed.
      guard calls.sync(descriptor) == 0, calls.flush(descriptor) == 0 else {
        throw UserError.writing(path, errno)
      }
      guard FileSystem.rename(temporaryPath, name) == 0 else { throw UserError.creating(path, errno) }
      closeDescriptor()
      try syncFolder(of: name)
    }
  }

  /// Removes the temporary file; an old file stays.
  public func abandon() {
    guard descriptor >= 0 else { return }
    if case .name = destination { FileSystem.unlink(temporaryPath) }
    closeDescriptor()
  }

  /// Renames the temporary file that a killed process left, instead of completing it.
  /// - Throws: `UserError` (cannotCreate).
  public func renamePartial(to other: String) throws {
    defer { closeDescriptor() }
    guard FileSystem.rename(temporaryPath, other) == 0 else { throw UserError.creating(other, errno) }
  }

  /// Closes the temporary file without removing it, so that a later run can resume it.
  public func keepPartial() { closeDescriptor() }

  private func closeDescriptor() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if case .stream(let stream) = destination { close(stream) }
  }

  /// Writes the folder to the disk: the new name is not permanent before that.
  private func syncFolder(of name: String) throws {
    // A folder without read permission cannot be opened, and so cannot be synced.
    let folder = FileSystem.open(FileSystem.folder(of: name), O_RDONLY | O_DIRECTORY)
    guard folder >= 0 else { return }
    defer { close(folder) }
    // Some file systems do not support fsync on folders.
    guard calls.syncFolder(folder) == 0 || errno == EINVAL || errno == EBADF else {
      throw UserError(
        .inputOutput,
        "'\(path)' is complete, but its folder cannot be synced to disk: \(UserError.reason(errno))")
    }
  }

  private func copy(to stream: Int32) throws {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw UserError.writing(path, errno) }
    try Descriptor.copy(from: descriptor, to: stream, path: path) { .writing(path, $0) }
    guard Descriptor.flush(stream) == 0 else { throw UserError.writing(path, errno) }
  }
}
