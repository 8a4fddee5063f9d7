import Glibc

/// System calls on paths, with names encoded as in `FileName`. On failure, `errno` holds the error.
public enum FileSystem {
  /// Calls `body` with the path as a C string.
  /// - Returns: the result of `body`; -1 and EINVAL for a path that contains a zero byte.
  public static func withPath(_ path: String, _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    let bytes = FileName.bytes(path)
    guard !bytes.contains(0) else {
      errno = EINVAL
      return -1
    }
    return (bytes + [0]).withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
  }

  /// open(2) with O_CLOEXEC.
  public static func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0o666) -> Int32 {
    withPath(path) { Glibc.open($0, flags | O_CLOEXEC, mode) }
  }

  /// stat(2), which follows symbolic links; nil on failure.
  public static func status(_ path: String) -> stat? {
    var result = stat()
    return withPath(path) { fstatat(AT_FDCWD, $0, &result, 0) } == 0 ? result : nil
  }

  /// lstat(2), which does not follow a symbolic link; nil on failure.
  public static func linkStatus(_ path: String) -> stat? {
    var result = stat()
    return withPath(path) { fstatat(AT_FDCWD, $0, &result, AT_SYMLINK_NOFOLLOW) } == 0 ? result : nil
  }

  /// Whether a path still names the open file, which can have been renamed or removed since. Links are not
  /// followed.
  public static func isName(_ path: String, of descriptor: Int32) -> Bool {
    var opened = stat()
    guard fstat(descriptor, &opened) == 0, let named = linkStatus(path) else { return false }
    return named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
  }

  /// Whether a file or folder exists.
  public static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Whether a path is a folder.
  public static func isFolder(_ path: String) -> Bool { status(path).map { kind($0) == S_IFDIR } ?? false }

  /// The file type in a status: S_IFREG, S_IFDIR ...
  public static func kind(_ status: stat) -> mode_t { status.st_mode & S_IFMT }

  /// rename(2).
  public static func rename(_ old: String, _ new: String) -> Int32 {
    withPath(old) { old in withPath(new) { Glibc.rename(old, $0) } }
  }

  /// unlink(2).
  @discardableResult public static func unlink(_ path: String) -> Int32 {
    withPath(path) { Glibc.unlink($0) }
  }

  /// rmdir(2).
  @discardableResult public static func removeFolder(_ path: String) -> Int32 { withPath(path) { rmdir($0) } }

  /// readlink(2); nil on failure.
  public static func destination(ofLink path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = withPath(path) { path in
      bytes.withUnsafeMutableBytes {
        Int32(readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count))
      }
    }
    return count < 0 ? nil : FileName.text(bytes.prefix(Int(count)))
  }

  /// realpath(3): the absolute path without symbolic links, `.` and `..`; nil if it does not exist.
  public static func realPath(_ path: String) -> String? {
    var resolved: String?
    _ = withPath(path) { path in
      guard let real = realpath(path, nil) else { return -1 }
      defer { free(real) }
      resolved = FileName.text(real)
      return 0
    }
    return resolved
  }

  /// The names in a folder, without `.` and `..`, in no particular order; empty if it cannot be read.
  public static func names(in folder: String) -> [String] {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return [] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      names.append(
        FileName.text(UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)))
    }
    return names.filter { $0 != "." && $0 != ".." }
  }

  /// Creates a folder and its parents, like `mkdir -p`.
  /// - Throws: `UserError` (cannotCreate).
  public static func makeFolder(_ path: String) throws(UserError) {
    guard !isFolder(path) else { return }
    let parent = self.folder(of: path)
    if parent != path { try makeFolder(parent) }
    let status = withPath(path) { mkdir($0, 0o777) }
    let code = errno
    guard status == 0 || code == EEXIST && isFolder(path) else {
      let reason = code == EEXIST ? "a file with this name exists" : UserError.reason(code)
      throw UserError(.cannotCreate, "cannot create the folder '\(path)': \(reason)")
    }
  }

  /// The paths that match a pattern with `*`, `?` and `[...]` (glob(3)), sorted; folders end in a slash.
  public static func matches(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    _ = withPath(pattern) { glob($0, GLOB_MARK, nil, &result) }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { FileName.text($0) } }
  }
}
