import Foundation
import Glibc
import TingleSupport

/// The folder of the sockets of a user's players: XDG_RUNTIME_DIR, or `tingle-UID` in the temporary folder if
/// that variable is not set or its folder cannot be used.
public struct RuntimeFolder: Sendable, Equatable {
  /// The path of the folder.
  public let path: String
  /// Why the folder of XDG_RUNTIME_DIR is not used; nil if it is used, or if the variable is not set.
  public let warning: String?

  /// Finds the folder for a new player's socket. The folder in the temporary folder is created if necessary,
  /// and is used only if no other user can enter it.
  /// - Throws: `UserError` (`unavailable`) if neither folder can be used.
  public init(environment: [String: String]) throws {
    let substitute = Self.substitute(environment)
    guard let named = Self.named(environment) else {
      (path, warning) = (substitute, nil)
      try Self.createPrivateFolder(substitute)
      return
    }
    guard let fault = Self.fault(of: named) else {
      (path, warning) = (named, nil)
      return
    }
    try Self.createPrivateFolder(substitute)
    (path, warning) = (
      substitute,
      "XDG_RUNTIME_DIR is '\(named)', which \(fault); the player's socket is in '\(substitute)'"
    )
  }

  /// The existing folders in which a player of this user can have its socket. If XDG_RUNTIME_DIR is not set,
  /// as in cron jobs, the default `/run/user/UID` is searched too.
  public static func searched(environment: [String: String]) -> [String] {
    let substitute = substitute(environment)
    let named = named(environment) ?? "/run/user/\(geteuid())"
    return [named].filter { fault(of: $0) == nil } + [substitute].filter { privacyFault(of: $0) == nil }
  }

  /// Runs a body with an exclusive lock on a folder.
  /// - Parameter body: receives whether the lock was obtained within a second.
  static func locked<R>(_ folder: String, _ body: (_ isLocked: Bool) throws -> R) rethrows -> R {
    let descriptor = FileSystem.open(folder, O_RDONLY | O_DIRECTORY)
    defer { if descriptor >= 0 { close(descriptor) } }
    for _ in 0..<100 where descriptor >= 0 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return try body(true) }
      usleep(10_000)
    }
    return try body(false)
  }

  private static func named(_ environment: [String: String]) -> String? {
    environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func substitute(_ environment: [String: String]) -> String {
    let name = "tingle-\(geteuid())"
    if let folder = environment["TMPDIR"], fault(of: folder, isShared: true) == nil {
      return FileSystem.path(name, in: folder)
    }
    return "/tmp/\(name)"
  }

  /// Why a folder cannot hold sockets, as the predicate of a sentence; nil if it can.
  /// - Parameter isShared: whether the folder can belong to another user, as `/tmp` does.
  private static func fault(of path: String, isShared: Bool = false) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else { return "is not an absolute path" }
    guard let status = FileSystem.status(path) else {
      return errno == ENOENT ? "does not exist" : "cannot be accessed: \(UserError.reason(errno))"
    }
    guard FileSystem.kind(status) == S_IFDIR else { return "is not a folder" }
    guard isShared || status.st_uid == geteuid() else { return "belongs to another user" }
    guard isWritable(path) else { return "is not writable" }
    let folder = isShared ? FileSystem.path("tingle-\(geteuid())", in: path) : path
    let longest = FileName.bytes(ControlSocket.path(ofPlayer: ControlServer.maximumPlayers, in: folder))
    guard longest.count <= ControlSocket.maximumPathBytes else {
      return "is too long for the path of a socket"
    }
    return nil
  }

  private static func isWritable(_ path: String) -> Bool {
    FileSystem.withPath(path) { access($0, W_OK | X_OK) } == 0
  }

  /// Why a folder in the shared temporary folder is not private to this user, as the predicate of a sentence;
  /// nil if it is.
  private static func privacyFault(of path: String) -> String? {
    guard let status = FileSystem.linkStatus(path) else { return "does not exist" }
    guard FileSystem.kind(status) == S_IFDIR else { return "is not a folder" }
    guard status.st_uid == geteuid() else { return "belongs to another user" }
    guard status.st_mode & 0o077 == 0 else {
      return "is accessible to other users; correct it with `chmod 700`"
    }
    return nil
  }

  private static func createPrivateFolder(_ path: String) throws {
    let status = FileSystem.withPath(path) { mkdir($0, 0o700) }
    let code = errno
    guard let fault = privacyFault(of: path) else { return }
    throw UserError(
      .unavailable,
      status != 0 && fault == "does not exist"
        ? "cannot create the folder '\(path)': \(UserError.reason(code))" : "the folder '\(path)' \(fault)")
  }
}
