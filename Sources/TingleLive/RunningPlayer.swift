import Foundation
import Glibc
import TingleSupport

/// A player that runs, as another program finds it by its socket.
public struct RunningPlayer: Sendable, Encodable {
  /// From 1, in the order in which players were started while others ran.
  public let number: Int
  /// Its process ID; 0 if it cannot be read.
  public let pid: Int32
  public let socket: String
  /// What it plays, and where it is; nil when it does not say so within a second.
  public let status: Status?

  /// Every player of this user, the lowest number first. Sockets that killed players left are removed.
  public static func all(environment: [String: String]) -> [RunningPlayer] {
    RuntimeFolder.searched(environment: environment).flatMap(sockets).sorted { $0.number < $1.number }
      .map { number, pid, path in
        let answer = try? ControlSocket.ask("status --json", at: path, within: 1)
        let status = answer.flatMap { try? JSONDecoder().decode(Status.self, from: Data($0.joined().utf8)) }
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
          // A new player may have taken the name meanwhile.
          if isLocked, ControlSocket.presence(at: path) == .stale { FileSystem.unlink(path) }
        }
        return nil
      case .nothing, .foreign: return nil
      }
    }
  }

  /// Whether a word selects this player: its number, its process ID, or its preset's name.
  public func isCalled(_ name: String) -> Bool {
    Int(name).map { $0 == number || $0 == Int(pid) && pid > 0 } ?? (status?.preset == name)
  }

  /// `2 (unwind)`.
  public var name: String { "\(number) (\(status?.preset ?? "does not answer"))" }
}
