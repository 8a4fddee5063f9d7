import Foundation
import Glibc
import TinglePresets
import TingleSupport

/// Listens on a player's socket, on a thread of its own, and lets the session carry out what comes.
public final class ControlServer: @unchecked Sendable {
  /// Where it listens.
  public let path: String
  /// The player's number: the lowest that no other player of its user has.
  public let number: Int
  private let session: LiveSession
  private let listening: Int32
  private let waking: (read: Int32, write: Int32)
  private let ended = DispatchSemaphore(value: 0)
  private static let mostClients = 64
  static let mostPlayers = 100
  /// A client that has been silent this long is disconnected when there is no room for another.
  private static let idleSeconds = 5.0

  private struct Client {
    let descriptor: Int32
    var received: [UInt8] = []
    var heardAt = DispatchTime.now()
  }

  /// Begins to listen.
  /// - Parameters:
  ///   - folder: where the socket is made.
  ///   - others: further folders with sockets; the numbers of their players are not used again.
  /// - Throws: `UserError` (`unavailable`) when no socket can be made.
  public init(_ session: LiveSession, in folder: String, besides others: [String] = []) throws {
    self.session = session
    (path, number, listening) = try RuntimeFolder.locked(folder) { _ in
      try Self.listen(in: folder, others)
    }
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    waking = (ends[0], ends[1])
    let thread = Thread { [self] in serve() }
    thread.name = "tingle control"
    thread.start()
  }

  /// Binds a socket under a temporary name, listens, and then renames it: a socket under its final name always accepts.
  private static func listen(in folder: String, _ others: [String]) throws -> (String, Int, Int32) {
    func isFree(_ number: Int, _ folder: String) -> Bool {
      let presence = ControlSocket.presence(at: ControlSocket.path(ofPlayer: number, in: folder))
      return presence == .nothing || presence == .stale
    }
    guard
      let number = (1...mostPlayers).first(where: { number in
        ([folder] + others).allSatisfy { isFree(number, $0) }
      })
    else {
      throw UserError(.unavailable, "\(mostPlayers) players have their sockets in '\(folder)' already")
    }
    let path = ControlSocket.path(ofPlayer: number, in: folder)
    let descriptor = try ControlSocket.newSocket()
    let unnamed = FileSystem.path(".\(getpid())", in: folder)
    FileSystem.unlink(unnamed)
    do {
      guard try ControlSocket.withAddress(path, { _, _ in true }),
        try ControlSocket.withAddress(unnamed, { bind(descriptor, $0, $1) }) == 0,
        FileSystem.withPath(unnamed, { chmod($0, 0o600) }) == 0, Glibc.listen(descriptor, 64) == 0,
        FileSystem.rename(unnamed, path) == 0
      else {
        throw UserError(
          .unavailable, "cannot make the socket '\(path)': \(UserError.reason(errno))")
      }
    } catch {
      FileSystem.unlink(unnamed)
      close(descriptor)
      throw error
    }
    return (path, number, descriptor)
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
      FileSystem.unlink(path)
      close(listening)
      ended.signal()
    }
    while true {
      var waits = [pollfd(fd: waking.read, events: Int16(POLLIN), revents: 0)]
      // While there is no room, further clients stay in the accept backlog.
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

  /// Disconnects the client that has been silent longest, if it was silent for `idleSeconds`.
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
    guard ControlSocket.peer(of: descriptor) != nil else {
      close(descriptor)
      return nil
    }
    // A client that does not receive a reply within a second is disconnected.
    ControlSocket.limit(descriptor, SO_SNDTIMEO, seconds: 1)
    return Client(descriptor: descriptor)
  }

  /// Carries out the lines that have come; false when the client is gone.
  private func hear(_ client: inout Client) -> Bool {
    var part = [UInt8](repeating: 0, count: 4096)
    let count = recv(client.descriptor, &part, part.count, 0)
    guard count > 0 else {
      // A client that has said all ends its last line too.
      if count == 0, !client.received.isEmpty { _ = answer(client.received, to: client) }
      return false
    }
    client.received += part[..<count]
    client.heardAt = .now()
    while let end = client.received.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(client.received[..<end])
      client.received.removeSubrange(...end)
      guard answer(line, to: client) else { return false }
    }
    guard client.received.count <= ControlSocket.longestLine else {
      _ = reply("error a line has at most \(ControlSocket.longestLine) bytes\n", to: client)
      return false
    }
    return true
  }

  private func answer(_ line: [UInt8], to client: Client) -> Bool {
    do {
      let answer = try session.perform(String(decoding: TextEncoding.normalized(line), as: UTF8.self))
      let lines = answer.textLines.filter { !$0.isEmpty }.map { " \(DisplayText.line(String($0)))\n" }
        .joined()
      return reply(lines + "ok\n", to: client)
    } catch {
      return reply("error \(DisplayText.line("\(error)"))\n", to: client)
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
