import Foundation

/// A client of a player's control socket.
enum Client {
  /// Sends bytes to a socket and returns the reply.
  /// - Parameters:
  ///   - waits: whether to wait for the reply.
  ///   - ends: whether to shut down the sending side after the bytes.
  static func exchange(_ bytes: [UInt8], at path: String, waits: Bool = true, ends: Bool = false) -> String {
    let descriptor = connected(to: path)
    guard descriptor >= 0 else { return "no connection" }
    defer { close(descriptor) }
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    if ends { shutdown(descriptor, Int32(SHUT_WR)) }
    guard waits else { return "" }
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &part, part.count, 0)
    return String(decoding: part[..<max(0, count)], as: UTF8.self)
  }

  /// Connects to a socket; -1 if that fails.
  static func connected(to path: String) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return -1
  }
}
