import Foundation
import Glibc
import TingleSupport

/// A running player, found by its socket.
public struct RunningPlayer: Sendable, Encodable {
  /// The number in the name of its socket, from 1.
  public let number: Int
  /// Its process ID; 0 if it cannot be read.
  public let pid: Int32
  /// The path of its socket.
  public let socket: String
  /// Its status; nil if it does not reply within a second.
  public let status: Status?

  /// All players of this user, in the order of their numbers. Sockets of killed players are removed.
  public static func all(environment: [String: String]) -> [RunningPlayer] {
    RuntimeFolder.searched(environment: environment).flatMap(sockets).sorted { $0.number < $1.number }
      .map { number, pid, path in
        let reply = try? ControlSocket.request("status --json", at: path, timeoutSeconds: 1)
        let status = reply.flatMap { try? JSONDecoder().decode(Status.self, from: Data($0.joined().utf8)) }
        return RunningPlayer(number: number, pid: pid, socket: path, status: status)
      }
  }

  private static func sockets(in folder: String) -> [(number: Int, pid: pid_t, path: String)] {
    FileSystem.names(in: folder).compactMap { name in
      guard let number = ControlSocket.number(ofSocket: name) else { return nil }
      let path = FileSystem.path(name, in: folder)
      switch ControlSocket.presence(at: path) {
      case .player(let pid): return (number, pid, path)
      case .stale:
        RuntimeFolder.locked(folder) { isLocked in
          // A new player can have bound the name in the meantime.
          if isLocked, ControlSocket.presence(at: path) == .stale { FileSystem.unlink(path) }
        }
        return nil
      case .nothing, .foreign: return nil
      }
    }
  }

  /// Whether a word selects this player: its number, its process ID or its preset's name.
  public func matches(_ word: String) -> Bool {
    Int(word).map { $0 == number || $0 == Int(pid) && pid > 0 } ?? (status?.preset == word)
  }

  /// The number and the preset, for messages: `2 (unwind)`.
  public var name: String { "\(number) (\(status?.preset ?? "not responding"))" }
}
