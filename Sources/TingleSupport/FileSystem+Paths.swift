import Glibc

/// The parts of a path, by its bytes: a combining mark after a slash does not hide it.
extension FileSystem {
  /// The folder that a path lies in: `.` for a bare name.
  public static func folder(of path: String) -> String {
    let bytes = trimmed(path)
    guard let slash = bytes.lastIndex(of: slash) else { return bytes.isEmpty && !path.isEmpty ? "/" : "." }
    let folder = bytes[..<slash].dropLastSlashes
    return folder.isEmpty ? "/" : FileName.text(folder)
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    let bytes = trimmed(path)
    return FileName.text(bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes)
  }

  /// A name in a folder.
  public static func path(_ name: String, in folder: String) -> String {
    folder == "." || folder.isEmpty ? name : folder.utf8.last == slash ? folder + name : "\(folder)/\(name)"
  }

  /// A path from the root, without `.`, `..` and double slashes; links are not followed.
  public static func absolute(_ path: String) -> String {
    var whole = FileName.bytes(path)
    if whole.first != slash, let here = getcwd(nil, 0) {
      defer { free(here) }
      whole = FileName.bytes(FileName.text(here)) + [slash] + whole
    }
    var parts: [ArraySlice<UInt8>] = []
    for part in whole.split(separator: slash) where part != [dot] {
      if part == [dot, dot] { _ = parts.popLast() } else { parts.append(part) }
    }
    return FileName.text([slash] + parts.joined(separator: [slash]))
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// Without slashes at the end.
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
