import Glibc

extension UserError {
  /// A file that cannot be opened for reading; `-` is standard input.
  /// - Parameter code: the `errno` of the call that failed.
  public static func reading(_ path: String, _ code: Int32) -> UserError {
    guard path == "-" else { return UserError(.noInput, "'\(path)' cannot be read: \(reason(code))") }
    // What was closed by `<&-` is not to be read from.
    return UserError(
      .noInput, "standard input cannot be read: \(code == EBADF ? "it is closed" : reason(code))")
  }

  /// A file that cannot be created, or cannot be given its name.
  public static func creating(_ path: String, _ code: Int32) -> UserError {
    // A name needs room on the disk, too.
    let kind: Kind = [ENOSPC, EDQUOT, EFBIG, EIO].contains(code) ? .inputOutput : .cannotCreate
    return UserError(kind, "cannot create '\(path)': \(reason(code))")
  }

  /// A file that cannot be written to its end; `-` is standard output.
  public static func writing(_ path: String, _ code: Int32) -> UserError {
    guard path == "-" else { return UserError(.inputOutput, "cannot write '\(path)': \(reason(code))") }
    // What was closed by `>&-` is not to be written to.
    let reason = code == EBADF ? "it is closed" : reason(code)
    return UserError(.inputOutput, "cannot write to standard output: \(reason)")
  }

  /// An `errno` in words: our own for what a wrong path causes, the system's for the rest.
  public static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case ENOTDIR: "a part of the path is not a folder"
    case EISDIR: "it is a folder"
    case EACCES, EPERM: "permission denied"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "its symbolic links lead round in a circle"
    case EFBIG: "File too large (`ulimit -f` shows the limit for files)"
    default: String(cString: strerror(code))
    }
  }
}
