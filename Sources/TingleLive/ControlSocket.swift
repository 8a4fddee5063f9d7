import Foundation
import Glibc
import TingleSupport

/// The Unix socket through which a running player is controlled. Each line is a command; each command gets
/// one reply.
///
/// A reply is zero or more lines that start with a space, followed by `ok` or `error <message>`. Only the
/// user who runs the player can connect: the socket has mode 0600, and each side checks the other's user ID
/// (SO_PEERCRED).
public enum ControlSocket {
  /// The maximum length of a command line, in bytes.
  static let maximumLineBytes = 1 << 13

  /// The maximum length of a socket's path in bytes (`sun_path` without the terminating zero).
  static let maximumPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// The file name of a player's socket.
  static func name(ofPlayer number: Int) -> String { number == 1 ? "tingle.sock" : "tingle-\(number).sock" }

  /// The path of a player's socket in a folder.
  static func path(ofPlayer number: Int, in folder: String) -> String {
    FileSystem.path(name(ofPlayer: number), in: folder)
  }

  /// The number of the player whose socket has this file name; nil for any other name.
  static func number(ofSocket name: String) -> Int? {
    if name == "tingle.sock" { return 1 }
    guard name.hasPrefix("tingle-"), name.hasSuffix(".sock"),
      let number = Int(name.dropFirst(7).dropLast(5)), number > 1, self.name(ofPlayer: number) == name
    else { return nil }
    return number
  }

  /// Calls a body with the address of a path.
  /// - Throws: `UserError` (`usage`) if the path is too long.
  static func withAddress<R>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) throws -> R {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = FileName.bytes(path)
    guard bytes.count <= maximumPathBytes, !bytes.contains(0) else {
      throw UserError(
        .usage, "the path of the socket is too long: '\(path)'; the limit is \(maximumPathBytes) bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Creates a stream socket that child processes do not inherit.
  static func newSocket() throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else {
      throw UserError(.inputOutput, "cannot create a socket: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  /// The process ID of the peer; nil if the peer is another user's process.
  static func peer(of descriptor: Int32) -> pid_t? {
    // struct ucred of <sys/socket.h>: process, user and group.
    var peer: (pid: pid_t, uid: uid_t, gid: gid_t) = (0, 0, 0)
    var size = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, peer.uid == geteuid() else {
      return nil
    }
    return peer.pid
  }

  /// Sets a timeout: SO_SNDTIMEO or SO_RCVTIMEO.
  static func setTimeout(_ descriptor: Int32, _ option: Int32, seconds: Int) {
    var timeout = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, option, &timeout, socklen_t(MemoryLayout<timeval>.size))
  }

  /// What exists at the path of a socket.
  enum Presence: Equatable {
    /// A player, running or stopped by a signal.
    case player(pid_t)
    /// A socket without a listener, left by a player that was killed.
    case stale
    case nothing
    /// Another kind of file, or another user's socket. It is not removed.
    case foreign
  }

  /// Examines a path by connecting to it.
  static func presence(at path: String) -> Presence {
    guard let status = FileSystem.linkStatus(path) else { return .nothing }
    guard FileSystem.kind(status) == S_IFSOCK, let descriptor = try? newSocket() else { return .foreign }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let result = (try? withAddress(path) { connect(descriptor, $0, $1) == 0 ? 0 : errno }) ?? EINVAL
    switch result {
    case 0: return peer(of: descriptor).map { .player($0) } ?? .foreign
    // The accept backlog is full: a player listens, but its process ID cannot be read.
    case EAGAIN: return .player(0)
    case ECONNREFUSED: return status.st_uid == geteuid() ? .stale : .foreign
    default: return .foreign
    }
  }
}

/// The client side: requests to a running player.
extension ControlSocket {
  /// Sends a command line and waits for the reply.
  /// - Parameter timeoutSeconds: the time limit for the reply; every command takes less than the default of
  ///   30 s.
  /// - Returns: the lines of the reply, without their leading spaces.
  /// - Throws: `UserError`: `unavailable` if no player replies, `usage` with the player's message for
  ///   `error`.
  public static func request(
    _ line: String, at path: String, timeoutSeconds seconds: Int = 30
  ) throws -> [String] {
    let descriptor = try newSocket()
    defer { close(descriptor) }
    setTimeout(descriptor, SO_SNDTIMEO, seconds: seconds)
    setTimeout(descriptor, SO_RCVTIMEO, seconds: seconds)
    guard try withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw UserError(
        .unavailable,
        errno == EAGAIN ? noReply : "no player is running at '\(path)'; start one with `tingle play`")
    }
    guard peer(of: descriptor) != nil else {
      throw UserError(.unavailable, "the player at '\(path)' belongs to another user")
    }
    try send(line, to: descriptor)
    return try reply(from: descriptor)
  }

  private static let noReply = "the player does not respond; it may be stopped (Ctrl-Z)"

  private static func send(_ line: String, to descriptor: Int32) throws {
    let request = Array(
      line.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 } + [UInt8(ascii: "\n")])
    guard sendAll(request, to: descriptor) else {
      throw UserError(.unavailable, "the player ended before the command was sent")
    }
  }

  /// Sends all bytes.
  /// - Returns: false if the peer has closed the connection or a timeout has expired.
  static func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private static func reply(from descriptor: Int32) throws -> [String] {
    var received = Data()
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else {
        let isTimeout = count < 0 && errno == EAGAIN
        throw UserError(.unavailable, isTimeout ? noReply : "the player ended before it replied")
      }
      received.append(contentsOf: part[..<count])
      guard received.last == UInt8(ascii: "\n") else { continue }
      var lines = String(decoding: received, as: UTF8.self).textLines.filter { !$0.isEmpty }.map(String.init)
      guard let last = lines.last, !last.hasPrefix(" ") else { continue }
      lines.removeLast()
      if last.hasPrefix("error ") { throw UserError(.usage, String(last.dropFirst(6))) }
      return lines.map { String($0.dropFirst()) }
    }
  }
}
