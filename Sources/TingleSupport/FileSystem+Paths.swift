import Glibc

/// Path operations on bytes: to a Swift string, a slash and a combining mark after it are one character.
extension FileSystem {
  /// The folder part of a path; `.` for a name without one.
  public static func folder(of path: String) -> String {
    let bytes = trimmed(path)
    guard let slash = bytes.lastIndex(of: slash) else { return bytes.isEmpty && !path.isEmpty ? "/" : "." }
    let folder = bytes[..<slash].dropLastSlashes
    return folder.isEmpty ? "/" : FileName.text(folder)
  }

  /// The last component of a path.
  public static func name(of path: String) -> String {
    let bytes = trimmed(path)
    return FileName.text(bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes)
  }

  /// The name of a file without its folder and extension; the name itself for a file such as `.profile`.
  public static func stem(of path: String) -> String {
    let name = name(of: path)
    return String(name[..<(name.dropFirst().lastIndex(of: ".") ?? name.endIndex)])
  }

  /// Joins a folder and a name.
  public static func path(_ name: String, in folder: String) -> String {
    folder == "." || folder.isEmpty ? name : folder.utf8.last == slash ? folder + name : "\(folder)/\(name)"
  }

  /// The absolute path, without `.`, `..` and repeated slashes; symbolic links are not resolved.
  public static func absolute(_ path: String) -> String {
    var bytes = FileName.bytes(path)
    if bytes.first != slash, let current = getcwd(nil, 0) {
      defer { free(current) }
      bytes = FileName.bytes(FileName.text(current)) + [slash] + bytes
    }
    var parts: [ArraySlice<UInt8>] = []
    for part in bytes.split(separator: slash) where part != [dot] {
      if part == [dot, dot] { _ = parts.popLast() } else { parts.append(part) }
    }
    return FileName.text([slash] + parts.joined(separator: [slash]))
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The bytes without trailing slashes.
  private static func trimmed(_ path: String) -> ArraySlice<UInt8> {
    FileName.bytes(path)[...].dropLastSlashes
  }
}

extension ArraySlice<UInt8> {
  fileprivate var dropLastSlashes: ArraySlice<UInt8> {
    let end = lastIndex { $0 != UInt8(ascii: "/") }
    return end.map { self[...$0] } ?? prefix(0)
  }
}
