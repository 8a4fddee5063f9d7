import Glibc

/// The process's environment, with names of files as `FileName` has them.
public enum Environment {
  /// Every variable by its name.
  public static let variables: [String: String] = {
    var variables: [String: String] = [:]
    var place = environ
    while let entry = place.pointee {
      let bytes = FileName.bytes(FileName.text(entry))
      if let sign = bytes.firstIndex(of: UInt8(ascii: "=")) {
        variables[FileName.text(bytes[..<sign])] = FileName.text(bytes[(sign + 1)...])
      }
      place += 1
    }
    return variables
  }()

  /// The user's home folder: HOME, or where that is not an absolute path the one of the user database.
  /// - Returns: nil for a user without one.
  public static func home(_ variables: [String: String]) -> String? {
    if let home = variables["HOME"], home.utf8.first == UInt8(ascii: "/") { return home }
    guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
    let home = FileName.text(folder)
    return home.utf8.first == UInt8(ascii: "/") ? home : nil
  }

  /// A folder of the XDG specification: the variable's, if it is an absolute path, or one in the home folder.
  /// - Returns: nil for a user without a home folder.
  public static func folder(_ variable: String, else place: String, _ variables: [String: String]) -> String?
  {
    if let folder = variables[variable], folder.utf8.first == UInt8(ascii: "/") { return folder }
    return home(variables).map { FileSystem.path(place, in: $0) }
  }
}
