import Glibc

/// What an output path refers to after its symbolic links are followed.
public enum OutputTarget: Equatable, Sendable {
  /// A regular file, or a path where nothing exists yet.
  case file(String, exists: Bool)
  /// An open descriptor of this process: standard output, or one that the shell opened.
  case descriptor(Int32)
  /// A named pipe.
  case pipe(String)

  /// Whether a path refers to standard output: `-`, `/dev/stdout`, `/dev/fd/1`.
  public static func isStandardOutput(_ path: String) -> Bool {
    (try? OutputTarget(path)) == .descriptor(STDOUT_FILENO)
  }

  /// Resolves a path; `-`, `/dev/stdout`, `/dev/fd/1` and links to them are standard output.
  /// - Throws: `UserError` (cannotCreate) if no file can be created there: the path is a folder or a device,
  ///   the name is too long, or the folder does not exist.
  public init(_ path: String) throws(UserError) {
    guard path != "-" else {
      self = .descriptor(STDOUT_FILENO)
      return
    }
    guard !path.isEmpty else { throw UserError(.cannotCreate, "the output path is empty; name a file") }
    var target = path
    // Linux follows at most 40 links.
    for _ in 0..<40 {
      let folder = FileSystem.folder(of: target)
      guard FileSystem.isFolder(folder) else {
        throw UserError(.cannotCreate, "cannot create '\(path)': the folder '\(folder)' does not exist")
      }
      if let number = Self.descriptor(FileSystem.name(of: target), in: folder) {
        self = try Self.open(number, path)
        return
      }
      guard let status = FileSystem.linkStatus(target) else {
        guard errno == ENOENT, target.utf8.last != UInt8(ascii: "/") else { throw .creating(path, errno) }
        self = .file(target, exists: false)
        return
      }
      switch FileSystem.kind(status) {
      case S_IFLNK:
        guard let next = FileSystem.destination(ofLink: target) else { throw .creating(path, errno) }
        target = next.utf8.first == UInt8(ascii: "/") ? next : FileSystem.path(next, in: folder)
      case S_IFREG:
        self = .file(target, exists: true)
        return
      case S_IFIFO:
        self = .pipe(target)
        return
      case S_IFDIR:
        throw UserError(.cannotCreate, "cannot create '\(path)': it is a folder; name a file in it")
      default:
        throw UserError(
          .cannotCreate,
          "cannot replace '\(path)': it is not a regular file; use `-o -` and redirect standard output")
      }
    }
    throw .creating(path, ELOOP)
  }

  /// The descriptor of this process that a path such as `/dev/fd/1` refers to.
  private static func descriptor(_ name: String, in folder: String) -> Int32? {
    guard let folder = FileSystem.realPath(folder) else { return nil }
    if folder == "/dev" { return name == "stdout" ? STDOUT_FILENO : name == "stderr" ? STDERR_FILENO : nil }
    let own = "/proc/\(getpid())/"
    let isOwn = folder == own + "fd" || folder.hasPrefix(own + "task/") && folder.hasSuffix("/fd")
    return isOwn ? Int32(name) : nil
  }

  private static func open(_ number: Int32, _ path: String) throws(UserError) -> OutputTarget {
    let flags = fcntl(number, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
      throw UserError(.cannotCreate, "cannot write to '\(path)': it is not open for writing")
    }
    return .descriptor(number)
  }

  /// Opens a descriptor or a named pipe for writing; the caller closes it.
  /// - Parameter isCancelled: polled while a named pipe has no reader; true stops the wait.
  /// - Returns: nil for a regular file, and after a cancellation.
  /// - Throws: `UserError`: `cannotCreate`, `usage` for a terminal.
  public func openStream(_ path: String, isCancelled: () -> Bool = { false }) throws(UserError) -> Int32? {
    switch self {
    case .file: return nil
    case .descriptor(let number):
      guard isatty(number) == 0 else {
        let name = number == STDOUT_FILENO ? "standard output" : "'\(path)'"
        throw UserError(.usage, "\(name) is a terminal; name a file, or use a pipe such as `| aplay`")
      }
      let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw .creating(path, errno) }
      return copy
    case .pipe(let target):
      while !isCancelled() {
        let stream = FileSystem.open(target, O_WRONLY | O_NONBLOCK)
        if stream >= 0 {
          _ = fcntl(stream, F_SETFL, O_WRONLY)
          return stream
        }
        guard errno == ENXIO || errno == EINTR else { throw .creating(path, errno) }
        usleep(20_000)
      }
      return nil
    }
  }
}
