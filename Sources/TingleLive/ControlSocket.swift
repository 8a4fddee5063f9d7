import Foundation
import Glibc
import TingleSupport

/// The socket by which a running player is controlled: one command a line, one answer to each.
///
/// An answer is any number of lines, each begun with a space, and then `ok`, or `error` and a sentence. Only the user whose
/// player it is can connect: the socket has mode 0600, and each side checks the other's user ID (SO_PEERCRED).
public enum ControlSocket {
  /// Lines longer than this are no commands.
  static let longestLine = 1 << 13

  /// The bytes that a socket's path can have (`sun_path`, without its zero).
  static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// What a player's socket is called, by the player's number.
  static func name(ofPlayer number: Int) -> String { number == 1 ? "tingle.sock" : "tingle-\(number).sock" }

  /// The path of a player's socket.
  static func path(ofPlayer number: Int, in folder: String) -> String {
    FileSystem.path(name(ofPlayer: number), in: folder)
  }

  /// The number of the player whose socket is called so; nil for any other name.
  static func number(ofSocket name: String) -> Int? {
    if name == "tingle.sock" { return 1 }
    guard name.hasPrefix("tingle-"), name.hasSuffix(".sock"),
      let number = Int(name.dropFirst(7).dropLast(5)), number > 1, self.name(ofPlayer: number) == name
    else { return nil }
    return number
  }

  static func withAddress<R>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) throws -> R {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = FileName.bytes(path)
    guard bytes.count <= longestPath, !bytes.contains(0) else {
      throw UserError(.usage, "the socket's path is too long: '\(path)'; at most \(longestPath) bytes fit")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  static func newSocket() throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else {
      throw UserError(.inputOutput, "cannot make a socket: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  /// The process at the other end; nil when it is another user's.
  static func peer(of descriptor: Int32) -> pid_t? {
    // <sys/socket.h>, struct ucred: process, user, group.
    var peer: (pid: pid_t, uid: uid_t, gid: gid_t) = (0, 0, 0)
    var size = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, peer.uid == geteuid() else {
      return nil
    }
    return peer.pid
  }

  static func limit(_ descriptor: Int32, _ option: Int32, seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// What is found at a socket's path.
  enum Presence: Equatable {
    /// A player, even if it is stopped.
    case player(pid_t)
    /// A socket without a listener: its player was killed.
    case stale
    case nothing
    /// Anything else: a file, or another user's socket. It is left alone.
    case foreign
  }

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

/// A question to a running player.
extension ControlSocket {
  /// Sends a line and waits for its answer.
  /// - Parameter seconds: how long it is waited for; 30 are more than any command takes.
  /// - Returns: the answer's lines.
  /// - Throws: `UserError` (`unavailable`) when no player answers; `ConnectionError` for what it did not understand.
  public static func ask(_ line: String, at path: String, within seconds: Int = 30) throws -> [String] {
    let descriptor = try newSocket()
    defer { close(descriptor) }
    limit(descriptor, SO_SNDTIMEO, seconds: seconds)
    limit(descriptor, SO_RCVTIMEO, seconds: seconds)
    guard try withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw UserError(
        .unavailable,
        errno == EAGAIN
          ? silence
          : "no player is running that could be controlled at '\(path)'; start one with `tingle play`")
    }
    guard peer(of: descriptor) != nil else {
      throw UserError(.unavailable, "the player at '\(path)' is another user's")
    }
    try send(line, to: descriptor)
    return try answer(from: descriptor)
  }

  /// What a player did not understand, in its own words.
  public struct ConnectionError: Error, CustomStringConvertible {
    public let description: String
  }

  private static let silence = "the player does not answer; is it stopped?"

  private static func send(_ line: String, to descriptor: Int32) throws {
    let request = Array(
      line.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 } + [UInt8(ascii: "\n")])
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw UserError(.unavailable, "the player ended before it could be asked") }
      sent += count
    }
  }

  private static func answer(from descriptor: Int32) throws -> [String] {
    var answer = Data()
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else {
        let isSilent = count < 0 && errno == EAGAIN
        throw UserError(.unavailable, isSilent ? silence : "the player ended before it answered")
      }
      answer.append(contentsOf: part[..<count])
      guard answer.last == UInt8(ascii: "\n") else { continue }
      var lines = String(decoding: answer, as: UTF8.self).textLines.filter { !$0.isEmpty }.map(String.init)
      guard let last = lines.last, !last.hasPrefix(" ") else { continue }
      lines.removeLast()
      if last.hasPrefix("error ") { throw ConnectionError(description: String(last.dropFirst(6))) }
      return lines.map { String($0.dropFirst()) }
    }
  }
}
