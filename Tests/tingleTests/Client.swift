import Foundation

/// A program that talks to a player's socket itself.
enum Client {
  /// Says something to a socket, and hears the answer if it is waited for.
  /// - Parameter ends: whether it says at once that it has said all.
  static func exchange(_ bytes: [UInt8], at path: String, waits: Bool = true, ends: Bool = false) -> String {
    let descriptor = connected(to: path)
    guard descriptor >= 0 else { return "nobody" }
    defer { close(descriptor) }
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    if ends { shutdown(descriptor, Int32(SHUT_WR)) }
    guard waits else { return "" }
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &part, part.count, 0)
    return String(decoding: part[..<max(0, count)], as: UTF8.self)
  }

  /// A connection, or -1.
  static func connected(to path: String) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isThere = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
    }
    if isThere { return descriptor }
    close(descriptor)
    return -1
  }
}
