import Foundation
import Glibc
import TingleAudio

/// The socket by which a running player is controlled: one command a line, one answer to each.
///
/// An answer is any number of lines, each begun with a space, and then `ok`, or `error` and a sentence. Only the user whose
/// player it is may connect: the socket's mode says so, and the kernel is asked as well.
public enum ControlSocket {
  /// Where it is, unless somewhere else is said: in XDG_RUNTIME_DIR, or the temporary folder where there is none.
  public static func path(environment: [String: String]) -> String {
    let folder = environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    return folder.map { "\($0)/tingle.sock" } ?? "/tmp/tingle-\(getuid()).sock"
  }

  /// Lines longer than this are no commands.
  static let longestLine = 1 << 13

  static func withAddress<R>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) throws -> R {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw AudioError(.usage, "the socket's path is too long: '\(path)'; at most 107 bytes fit")
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
      throw AudioError(.inputOutput, "no socket is to be had: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  /// Asks a running player.
  /// - Returns: the answer's lines.
  /// - Throws: `AudioError` (`unavailable`) when none is running; `Refusal` for what it did not understand.
  public static func ask(_ line: String, at path: String) throws -> [String] {
    let descriptor = try newSocket()
    defer { close(descriptor) }
    guard try withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw AudioError(
        .unavailable,
        "no player is running that could be controlled at '\(path)'; start one with `tingle play`")
    }
    // Longer than any command takes; a player that has been stopped never answers.
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let request = Array((line.replacingOccurrences(of: "\n", with: " ") + "\n").utf8)
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw AudioError(.unavailable, "the player ended before it could be asked") }
      sent += count
    }
    var answer = Data()
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else {
        let isSilent = count < 0 && errno == EAGAIN
        throw AudioError(
          .unavailable,
          isSilent ? "the player does not answer; is it stopped?" : "the player ended before it answered")
      }
      answer.append(contentsOf: part[..<count])
      guard answer.last == UInt8(ascii: "\n") else { continue }
      var lines = String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
      guard let last = lines.last, !last.hasPrefix(" ") else { continue }
      lines.removeLast()
      if last.hasPrefix("error ") { throw Refusal(description: String(last.dropFirst(6))) }
      return lines.map { String($0.dropFirst()) }
    }
  }

  /// What a player did not understand, in its own words.
  public struct Refusal: Error, CustomStringConvertible {
    public let description: String
  }
}

/// Listens on the socket, on a thread of its own, and lets the session carry out what comes.
public final class ControlServer: @unchecked Sendable {
  /// Where it listens.
  public let path: String
  private let session: LiveSession
  private let listening: Int32
  private let waking: (read: Int32, write: Int32)
  private let ended = DispatchSemaphore(value: 0)
  private static let mostClients = 64
  /// Who says nothing for so long makes room, where there is none.
  private static let idleSeconds = 5.0

  private struct Client {
    let descriptor: Int32
    var received: [UInt8] = []
    var heardAt = DispatchTime.now()
  }

  /// Begins to listen.
  /// - Throws: `AudioError` (`unavailable`) when another player has the socket.
  public init(_ session: LiveSession, at path: String) throws {
    self.session = session
    self.path = path
    let descriptor = try ControlSocket.newSocket()
    listening = descriptor
    // What a killed player left behind is nobody's; what answers is another player's.
    let probe = try ControlSocket.newSocket()
    let answers = try ControlSocket.withAddress(path) { connect(probe, $0, $1) } == 0
    close(probe)
    guard !answers else {
      close(listening)
      throw AudioError(.unavailable, "another player already listens at '\(path)'")
    }
    unlink(path)
    let mask = umask(0o177)
    let status = try ControlSocket.withAddress(path) { bind(descriptor, $0, $1) }
    let reason = String(cString: strerror(errno))
    umask(mask)
    guard status == 0, listen(listening, 64) == 0 else {
      close(listening)
      throw AudioError(.unavailable, "cannot listen at '\(path)': \(reason)")
    }
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    waking = (ends[0], ends[1])
    let thread = Thread { [self] in serve() }
    thread.name = "tingle control"
    thread.start()
  }

  /// Ends listening, and takes the socket away.
  public func stop() {
    var byte: UInt8 = 0
    write(waking.write, &byte, 1)
    ended.wait()
    close(waking.write)
    close(waking.read)
  }

  private func serve() {
    var clients: [Client] = []
    defer {
      for client in clients { close(client.descriptor) }
      unlink(path)
      close(listening)
      ended.signal()
    }
    while true {
      var waits = [pollfd(fd: waking.read, events: Int16(POLLIN), revents: 0)]
      // Nobody more is let in while it is full; they wait at the door.
      waits.append(
        pollfd(fd: clients.count < Self.mostClients ? listening : -1, events: Int16(POLLIN), revents: 0))
      waits += clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      let patience: Int32 = clients.count < Self.mostClients ? -1 : 1000
      guard poll(&waits, nfds_t(waits.count), patience) >= 0 || errno == EINTR else { return }
      if waits[0].revents != 0 { return }
      for k in clients.indices.reversed() where waits[k + 2].revents != 0 {
        if !hear(&clients[k]) {
          close(clients[k].descriptor)
          clients.remove(at: k)
        }
      }
      if waits[1].revents != 0, let client = admit() { clients.append(client) }
      if clients.count == Self.mostClients { makeRoom(&clients) }
    }
  }

  /// Lets go of who has been silent for longest, if that was long.
  private func makeRoom(_ clients: inout [Client]) {
    guard let k = clients.indices.min(by: { clients[$0].heardAt < clients[$1].heardAt }),
      clients[k].heardAt + Self.idleSeconds < .now()
    else { return }
    close(clients[k].descriptor)
    clients.remove(at: k)
  }

  private func admit() -> Client? {
    let descriptor = accept(listening, nil, nil)
    guard descriptor >= 0 else { return nil }
    // <sys/socket.h>, struct ucred: whose process it is, of which user, of which group.
    var who: (pid: pid_t, uid: uid_t, gid: gid_t) = (0, 0, 0)
    var size = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0, who.uid == geteuid() else {
      close(descriptor)
      return nil
    }
    // Who does not take an answer within a second is let go.
    var patience = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    return Client(descriptor: descriptor)
  }

  /// Carries out the lines that have come; false when the client is gone.
  private func hear(_ client: inout Client) -> Bool {
    var part = [UInt8](repeating: 0, count: 4096)
    let count = recv(client.descriptor, &part, part.count, 0)
    guard count > 0 else { return false }
    client.received += part[..<count]
    client.heardAt = .now()
    while let end = client.received.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: client.received[..<end], as: UTF8.self)
      client.received.removeSubrange(...end)
      guard answer(line, to: client) else { return false }
    }
    guard client.received.count <= ControlSocket.longestLine else {
      _ = reply("error a line has at most \(ControlSocket.longestLine) bytes\n", to: client)
      return false
    }
    return true
  }

  private func answer(_ line: String, to client: Client) -> Bool {
    do {
      let answer = try session.perform(line)
      let lines = answer.split(separator: "\n").map { " \($0)\n" }.joined()
      return reply(lines + "ok\n", to: client)
    } catch {
      let sentence = "\(error)".replacingOccurrences(of: "\n", with: " ")
      return reply("error \(sentence)\n", to: client)
    }
  }

  private func reply(_ text: String, to client: Client) -> Bool {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
