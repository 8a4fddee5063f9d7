import Glibc

/// Where an output path leads, once its links are followed.
public enum OutputTarget: Equatable, Sendable {
  /// A regular file, or a name that nothing has yet.
  case file(String, exists: Bool)
  /// An open descriptor of this process: standard output, or one that a shell passed on.
  case descriptor(Int32)
  /// A named pipe.
  case pipe(String)

  /// Whether a path is standard output: `-`, `/dev/stdout` and the like.
  public static func isStandardOutput(_ path: String) -> Bool {
    (try? OutputTarget(path)) == .descriptor(STDOUT_FILENO)
  }

  /// Follows a path; `-` is standard output, and so are `/dev/stdout`, `/dev/fd/1` and links to them.
  /// - Throws: `UserError` (cannotCreate) for what cannot become a file: a folder, a device, a name that is too long, a name in a
  ///   folder that does not exist.
  public init(_ path: String) throws(UserError) {
    guard path != "-" else {
      self = .descriptor(STDOUT_FILENO)
      return
    }
    guard !path.isEmpty else { throw UserError(.cannotCreate, "the file to write has an empty name") }
    var place = path
    // As many links as Linux follows.
    for _ in 0..<40 {
      let folder = FileSystem.folder(of: place)
      guard FileSystem.isFolder(folder) else {
        throw UserError(.cannotCreate, "cannot create '\(path)': there is no folder '\(folder)'")
      }
      if let number = Self.descriptor(FileSystem.name(of: place), in: folder) {
        self = try Self.open(number, path)
        return
      }
      guard let status = FileSystem.linkStatus(place) else {
        guard errno == ENOENT, place.utf8.last != UInt8(ascii: "/") else { throw .creating(path, errno) }
        self = .file(place, exists: false)
        return
      }
      switch FileSystem.kind(status) {
      case S_IFLNK:
        guard let next = FileSystem.destination(ofLink: place) else { throw .creating(path, errno) }
        place = next.utf8.first == UInt8(ascii: "/") ? next : FileSystem.path(next, in: folder)
      case S_IFREG:
        self = .file(place, exists: true)
        return
      case S_IFIFO:
        self = .pipe(place)
        return
      case S_IFDIR:
        throw UserError(.cannotCreate, "cannot create '\(path)': it is a folder; name a file in it")
      default:
        throw UserError(
          .cannotCreate, "cannot replace '\(path)': it is not a regular file; use -o - and redirect it there")
      }
    }
    throw .creating(path, ELOOP)
  }

  /// The number of a descriptor of this process that a path names, such as `/dev/fd/1`.
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

  /// Opens what is written as a stream; the caller closes it.
  /// - Parameter isCancelled: asked while a named pipe has no reader yet.
  /// - Returns: nil for a file, and when it was cancelled.
  /// - Throws: `UserError` (cannotCreate), also for a terminal, which cannot show a file.
  public func openStream(_ path: String, isCancelled: () -> Bool = { false }) throws(UserError) -> Int32? {
    switch self {
    case .file: return nil
    case .descriptor(let number):
      guard isatty(number) == 0 else {
        let name = number == STDOUT_FILENO ? "standard output" : "'\(path)'"
        throw UserError(.usage, "\(name) is a terminal; name a file, or pipe it somewhere, as in `| aplay`")
      }
      let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw .creating(path, errno) }
      return copy
    case .pipe(let place):
      while !isCancelled() {
        let stream = FileSystem.open(place, O_WRONLY | O_NONBLOCK)
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
