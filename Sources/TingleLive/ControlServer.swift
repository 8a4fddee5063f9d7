import Foundation
import Glibc
import TinglePresets
import TingleSupport

/// The server side of a player's control socket: it performs the command lines of its clients. Runs on its
/// own thread.
public final class ControlServer: @unchecked Sendable {
  // Thread safety: all members are immutable, and the session synchronizes itself.

  /// The path of the socket.
  public let path: String
  /// The player's number: the lowest that no other player of this user has.
  public let number: Int
  private let session: LiveSession
  private let listener: Int32
  private let stopPipe: (read: Int32, write: Int32)
  private let ended = DispatchSemaphore(value: 0)
  private static let maximumClients = 64
  static let maximumPlayers = 100
  /// At the maximum number of clients, one that has sent nothing for this time is disconnected.
  private static let idleSeconds = 5.0

  private struct Client {
    let descriptor: Int32
    var received: [UInt8] = []
    var lastReceived = DispatchTime.now()
  }

  /// Starts a server.
  /// - Parameters:
  ///   - folder: the folder of the socket.
  ///   - others: further folders with sockets of players, whose numbers are taken.
  /// - Throws: `UserError` (`unavailable`) if the socket cannot be created.
  public init(_ session: LiveSession, in folder: String, besides others: [String] = []) throws {
    self.session = session
    (path, number, listener) = try RuntimeFolder.locked(folder) { _ in
      try Self.listen(in: folder, others)
    }
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stopPipe = (ends[0], ends[1])
    let thread = Thread { [self] in serve() }
    thread.name = "tingle control"
    thread.start()
  }

  /// Binds a socket under a temporary name, listens, and renames it, so that a socket with its final name
  /// always accepts.
  private static func listen(in folder: String, _ others: [String]) throws -> (String, Int, Int32) {
    func isFree(_ number: Int, _ folder: String) -> Bool {
      let presence = ControlSocket.presence(at: ControlSocket.path(ofPlayer: number, in: folder))
      return presence == .nothing || presence == .stale
    }
    guard
      let number = (1...maximumPlayers).first(where: { number in
        ([folder] + others).allSatisfy { isFree(number, $0) }
      })
    else {
      throw UserError(.unavailable, "'\(folder)' already has the sockets of \(maximumPlayers) players")
    }
    let path = ControlSocket.path(ofPlayer: number, in: folder)
    let descriptor = try ControlSocket.newSocket()
    let temporary = FileSystem.path(".\(getpid())", in: folder)
    FileSystem.unlink(temporary)
    do {
      guard try ControlSocket.withAddress(path, { _, _ in true }),
        try ControlSocket.withAddress(temporary, { bind(descriptor, $0, $1) }) == 0,
        FileSystem.withPath(temporary, { chmod($0, 0o600) }) == 0, Glibc.listen(descriptor, 64) == 0,
        FileSystem.rename(temporary, path) == 0
      else {
        throw UserError(
          .unavailable, "cannot create the socket '\(path)': \(UserError.reason(errno))")
      }
    } catch {
      FileSystem.unlink(temporary)
      close(descriptor)
      throw error
    }
    return (path, number, descriptor)
  }

  /// Stops the server and removes the socket.
  public func stop() {
    var byte: UInt8 = 0
    write(stopPipe.write, &byte, 1)
    ended.wait()
    close(stopPipe.write)
    close(stopPipe.read)
  }

  private func serve() {
    var clients: [Client] = []
    defer {
      for client in clients { close(client.descriptor) }
      FileSystem.unlink(path)
      close(listener)
      ended.signal()
    }
    while true {
      var waits = [pollfd(fd: stopPipe.read, events: Int16(POLLIN), revents: 0)]
      // At the maximum number of clients, further ones stay in the accept backlog.
      waits.append(
        pollfd(fd: clients.count < Self.maximumClients ? listener : -1, events: Int16(POLLIN), revents: 0))
      waits += clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      let timeout: Int32 = clients.count < Self.maximumClients ? -1 : 1000
      guard poll(&waits, nfds_t(waits.count), timeout) >= 0 || errno == EINTR else { return }
      if waits[0].revents != 0 { return }
      for k in clients.indices.reversed() where waits[k + 2].revents != 0 {
        if !receive(from: &clients[k]) {
          close(clients[k].descriptor)
          clients.remove(at: k)
        }
      }
      if waits[1].revents != 0, let client = acceptClient() { clients.append(client) }
      if clients.count == Self.maximumClients { disconnectIdleClient(&clients) }
    }
  }

  /// Disconnects the client that has been idle longest, if it has been idle for `idleSeconds`.
  private func disconnectIdleClient(_ clients: inout [Client]) {
    guard let k = clients.indices.min(by: { clients[$0].lastReceived < clients[$1].lastReceived }),
      clients[k].lastReceived + Self.idleSeconds < .now()
    else { return }
    close(clients[k].descriptor)
    clients.remove(at: k)
  }

  private func acceptClient() -> Client? {
    let descriptor = accept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    guard ControlSocket.peer(of: descriptor) != nil else {
      close(descriptor)
      return nil
    }
    // A client that does not accept a reply within a second is disconnected.
    ControlSocket.setTimeout(descriptor, SO_SNDTIMEO, seconds: 1)
    return Client(descriptor: descriptor)
  }

  /// Receives bytes and performs the complete lines.
  /// - Returns: false if the connection is to be closed.
  private func receive(from client: inout Client) -> Bool {
    var part = [UInt8](repeating: 0, count: 4096)
    let count = recv(client.descriptor, &part, part.count, 0)
    guard count > 0 else {
      // The end of the input also ends the last line.
      if count == 0, !client.received.isEmpty { _ = perform(client.received, for: client) }
      return false
    }
    client.received += part[..<count]
    client.lastReceived = .now()
    while let end = client.received.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(client.received[..<end])
      client.received.removeSubrange(...end)
      guard perform(line, for: client) else { return false }
    }
    guard client.received.count <= ControlSocket.maximumLineBytes else {
      _ = reply(
        "error the line is too long; the limit is \(ControlSocket.maximumLineBytes) bytes\n", to: client)
      return false
    }
    return true
  }

  private func perform(_ line: [UInt8], for client: Client) -> Bool {
    do {
      let output = try session.perform(String(decoding: TextEncoding.normalized(line), as: UTF8.self))
      let lines = output.textLines.filter { !$0.isEmpty }.map { " \(DisplayText.line(String($0)))\n" }
        .joined()
      return reply(lines + "ok\n", to: client)
    } catch {
      return reply("error \(DisplayText.line("\(error)"))\n", to: client)
    }
  }

  private func reply(_ text: String, to client: Client) -> Bool {
    ControlSocket.sendAll(Array(text.utf8), to: client.descriptor)
  }
}
