import Glibc

extension UserError {
  /// A file that cannot be opened for reading; `-` is standard input.
  /// - Parameter code: the `errno` of the call that failed.
  public static func reading(_ path: String, _ code: Int32) -> UserError {
    guard path == "-" else { return UserError(.noInput, "'\(path)' cannot be read: \(reason(code))") }
    // `<&-` closes standard input.
    return UserError(
      .noInput, "standard input cannot be read: \(code == EBADF ? "it is closed" : reason(code))")
  }

  /// A file that cannot be created or renamed.
  /// - Parameter code: the `errno` of the call that failed.
  public static func creating(_ path: String, _ code: Int32) -> UserError {
    // A new name in a folder takes disk space, too.
    let kind: Kind = [ENOSPC, EDQUOT, EFBIG, EIO].contains(code) ? .inputOutput : .cannotCreate
    return UserError(kind, "cannot create '\(path)': \(reason(code))")
  }

  /// A file that cannot be written; `-` is standard output.
  /// - Parameter code: the `errno` of the call that failed.
  public static func writing(_ path: String, _ code: Int32) -> UserError {
    guard path == "-" else { return UserError(.inputOutput, "cannot write '\(path)': \(reason(code))") }
    // `>&-` closes standard output.
    let reason = code == EBADF ? "it is closed" : reason(code)
    return UserError(.inputOutput, "cannot write to standard output: \(reason)")
  }

  /// The text for an `errno`: Tingle's own for errors that a wrong path causes, otherwise the system's.
  public static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case ENOTDIR: "part of the path is not a folder"
    case EISDIR: "it is a folder"
    case EACCES, EPERM: "permission denied"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "too many symbolic links; they form a loop"
    case EFBIG: "file too large; `ulimit -f` shows the limit"
    default: String(cString: strerror(code))
    }
  }
}
