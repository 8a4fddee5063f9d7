import Glibc

/// The environment of the process; file names are encoded as in `FileName`.
public enum Environment {
  /// All variables by name.
  public static let variables: [String: String] = {
    var variables: [String: String] = [:]
    var cursor = environ
    while let entry = cursor.pointee {
      let bytes = FileName.bytes(FileName.text(entry))
      if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
        variables[FileName.text(bytes[..<equals])] = FileName.text(bytes[(equals + 1)...])
      }
      cursor += 1
    }
    return variables
  }()

  /// The user's home folder: HOME if it is an absolute path, otherwise the entry of the user database.
  /// - Returns: nil if the user has no home folder.
  public static func home(_ variables: [String: String]) -> String? {
    if let home = variables["HOME"], home.utf8.first == UInt8(ascii: "/") { return home }
    guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
    let home = FileName.text(folder)
    return home.utf8.first == UInt8(ascii: "/") ? home : nil
  }

  /// A folder of the XDG Base Directory specification.
  /// - Parameters:
  ///   - variable: a variable such as XDG_CONFIG_HOME; used if it is an absolute path.
  ///   - fallback: otherwise, the folder's path within the home folder.
  /// - Returns: nil if neither exists.
  public static func folder(_ variable: String, else fallback: String, _ variables: [String: String])
    -> String?
  {
    if let folder = variables[variable], folder.utf8.first == UInt8(ascii: "/") { return folder }
    return home(variables).map { FileSystem.path(fallback, in: $0) }
  }
}
