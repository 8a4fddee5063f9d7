import Foundation

/// A file written under a temporary name in the same folder, and renamed when complete: a file of that name is at every moment
/// either the old one or the new one, and stays the old one when anything fails.
///
/// Links are written through: the temporary file lies beside the file they lead to. Standard output and named pipes get the
/// whole file when it is complete.
///
/// The temporary file is locked while a program writes it. One that is not locked was left by a program that was killed; it is
/// taken over.
public final class AtomicFile {
  /// As it was asked for.
  public let path: String
  /// Where it is written.
  public let temporaryPath: String
  /// The temporary file, open for reading and writing until it is committed or abandoned.
  public private(set) var descriptor: Int32
  private let destination: Destination
  private let calls: Calls

  /// What becomes of the temporary file.
  private enum Destination {
    /// It is renamed.
    case name(String)
    /// It is copied to a pipe, and has no name itself.
    case stream(Int32)
  }

  /// The system's calls that tell whether what was written is safe; a test makes them fail.
  package struct Calls: Sendable {
    package var sync: @Sendable (Int32) -> Int32 = { fsync($0) }
    package var flush: @Sendable (Int32) -> Int32 = { Descriptor.flush($0) }
    package var syncFolder: @Sendable (Int32) -> Int32 = { fsync($0) }
    package init() {}
  }

  /// - Parameters:
  ///   - overwrite: whether a file that exists may be replaced.
  ///   - continues: whether what a killed program left of the temporary file is kept.
  ///   - companion: sets the temporary file apart from the file's own: of what is kept beside it meanwhile.
  ///   - isCancelled: asked while a named pipe has no reader yet.
  /// - Throws: `UserError` (`cannotCreate`) when the file may not be created, (`busy`) when another program is writing it.
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
    guard case .file(let place, let exists) = target else {
      guard let stream = try target.openStream(path, isCancelled: isCancelled) else {
        throw UserError(.cannotCreate, "cannot write '\(path)': nobody reads the pipe")
      }
      destination = .stream(stream)
      descriptor = try Descriptor.openNameless().descriptor
      temporaryPath = "/proc/self/fd/\(descriptor)"
      return
    }
    if exists, !overwrite {
      throw UserError(.cannotCreate, "'\(path)' exists; say --force to replace it, or choose another name")
    }
    destination = .name(place)
    temporaryPath = Self.temporaryPath(of: place, companion)
    descriptor = try Self.openLocked(temporaryPath, for: path)
    if exists, let status = FileSystem.status(place) {
      // The new file gets the old one's owner, where that is allowed, and its permissions.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      fchmod(descriptor, status.st_mode & 0o777)
    }
    if !resumes { try truncate(to: 0) }
  }

  // A file that was neither committed nor left is abandoned.
  deinit { abandon() }

  /// Appends bytes at the descriptor's position.
  /// - Throws: `UserError` (inputOutput).
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  /// Writes data.
  public func write(_ data: Data) throws { try data.withUnsafeBytes { try write($0) } }

  /// Truncates the file; the next write appends to it.
  /// - Throws: `UserError` (inputOutput).
  public func truncate(to length: Int) throws {
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw UserError.writing(path, errno)
    }
  }

  /// Gives the complete file its name, or copies it to the pipe.
  /// - Throws: `UserError` (inputOutput, cannotCreate); an older file then stays, and the temporary one is gone. `BrokenPipe`.
  public func commit() throws {
    defer { abandon() }
    switch destination {
    case .stream(let stream): try copy(to: stream)
    case .name(let name):
      // A quota or a network's disk may refuse only now what it took before. The lock is held until the file has its name, so
      // the descriptor stays open.
      guard calls.sync(descriptor) == 0, calls.flush(descriptor) == 0 else {
        throw UserError.writing(path, errno)
      }
      guard FileSystem.rename(temporaryPath, name) == 0 else { throw UserError.creating(path, errno) }
      closeDescriptor()
      try syncFolder(of: name)
    }
  }

  /// Removes the temporary file.
  public func abandon() {
    guard descriptor >= 0 else { return }
    if case .name = destination { FileSystem.unlink(temporaryPath) }
    closeDescriptor()
  }

  /// Gives what a killed program left in the temporary file another name.
  /// - Throws: `UserError` (cannotCreate).
  public func keep(as other: String) throws {
    defer { closeDescriptor() }
    guard FileSystem.rename(temporaryPath, other) == 0 else { throw UserError.creating(other, errno) }
  }

  /// Leaves the temporary file to a program that continues it.
  public func leave() { closeDescriptor() }

  private func closeDescriptor() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if case .stream(let stream) = destination { close(stream) }
  }

  /// A name is only safe when its folder is on the disk, too.
  private func syncFolder(of name: String) throws {
    // A folder that may be written but not read cannot be opened; nothing can be asked of it then.
    let folder = FileSystem.open(FileSystem.folder(of: name), O_RDONLY | O_DIRECTORY)
    guard folder >= 0 else { return }
    defer { close(folder) }
    // Some file systems know no such thing.
    guard calls.syncFolder(folder) == 0 || errno == EINVAL || errno == EBADF else {
      throw UserError(
        .inputOutput, "'\(path)' is complete, but its folder cannot be written: \(UserError.reason(errno))")
    }
  }

  private func copy(to stream: Int32) throws {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw UserError.writing(path, errno) }
    try Descriptor.copy(from: descriptor, to: stream, path: path) { .writing(path, $0) }
    guard Descriptor.flush(stream) == 0 else { throw UserError.writing(path, errno) }
  }
}
