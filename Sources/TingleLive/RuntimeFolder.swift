import Foundation
import Glibc
import TingleSupport

/// The folder that holds the sockets of a user's players: XDG_RUNTIME_DIR, or `tingle-UID` in the temporary folder where that is
/// not set or of no use.
public struct RuntimeFolder: Sendable, Equatable {
  /// Its path.
  public let path: String
  /// Why it is not the folder that XDG_RUNTIME_DIR names, as a sentence; nil when it is, or when that is not set.
  public let complaint: String?

  /// The folder for a player's socket. The one in the temporary folder is created if necessary, and is used only if no other user
  /// can enter it.
  /// - Throws: `UserError` (`unavailable`) when there is neither.
  public init(environment: [String: String]) throws {
    let substitute = Self.substitute(environment)
    guard let named = Self.named(environment) else {
      (path, complaint) = (substitute, nil)
      try Self.claim(substitute)
      return
    }
    guard let fault = Self.fault(of: named) else {
      (path, complaint) = (named, nil)
      return
    }
    try Self.claim(substitute)
    (path, complaint) = (
      substitute,
      "XDG_RUNTIME_DIR is '\(named)', which \(fault); the player's socket is in '\(substitute)' instead"
    )
  }

  /// Every folder in which a player of this user can have its socket, of those that exist and belong to the user. Where
  /// XDG_RUNTIME_DIR is not set, as in cron, the folder that it names at a login is one of them.
  public static func searched(environment: [String: String]) -> [String] {
    let substitute = substitute(environment)
    let named = named(environment) ?? "/run/user/\(geteuid())"
    return [named].filter { fault(of: $0) == nil } + [substitute].filter { privacyFault(of: $0) == nil }
  }

  /// Runs a body under an exclusive lock on a folder. If the lock cannot be had within a second, the body runs without it and
  /// is told so.
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

  /// Why a folder is of no use for sockets, as the end of a sentence.
  /// - Parameter isShared: whether it can be another user's, as the temporary folder is.
  private static func fault(of path: String, isShared: Bool = false) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else { return "is not an absolute path" }
    guard let status = FileSystem.status(path) else {
      return errno == ENOENT ? "does not exist" : "cannot be entered: \(UserError.reason(errno))"
    }
    guard FileSystem.kind(status) == S_IFDIR else { return "is not a folder" }
    guard isShared || status.st_uid == geteuid() else { return "belongs to another user" }
    guard isWritable(path) else { return "cannot be written to" }
    let folder = isShared ? FileSystem.path("tingle-\(geteuid())", in: path) : path
    let longest = FileName.bytes(ControlSocket.path(ofPlayer: ControlServer.mostPlayers, in: folder))
    guard longest.count <= ControlSocket.longestPath else { return "is too long for the path of a socket" }
    return nil
  }

  private static func isWritable(_ path: String) -> Bool {
    FileSystem.withPath(path) { access($0, W_OK | X_OK) } == 0
  }

  /// Why a folder in a place that everybody can write to is not to be trusted.
  private static func privacyFault(of path: String) -> String? {
    guard let status = FileSystem.linkStatus(path) else { return "does not exist" }
    guard FileSystem.kind(status) == S_IFDIR else { return "is not a folder" }
    guard status.st_uid == geteuid() else { return "belongs to another user" }
    guard status.st_mode & 0o077 == 0 else { return "is open to other users; `chmod 700` closes it" }
    return nil
  }

  private static func claim(_ path: String) throws {
    let status = FileSystem.withPath(path) { mkdir($0, 0o700) }
    let code = errno
    guard let fault = privacyFault(of: path) else { return }
    throw UserError(
      .unavailable,
      status != 0 && fault == "does not exist"
        ? "cannot make the folder '\(path)': \(UserError.reason(code))" : "the folder '\(path)' \(fault)")
  }
}
