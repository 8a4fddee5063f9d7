import Foundation

/// Opens and reads input files, with errors for the user.
public enum InputFile {
  /// Opens a file for reading; the caller closes it.
  /// - Throws: `UserError` (noInput) if it does not exist, is a folder, or permission is denied.
  public static func open(_ path: String) throws(UserError) -> Int32 {
    let descriptor = FileSystem.open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .reading(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, FileSystem.kind(status) != S_IFDIR else {
      close(descriptor)
      throw .reading(path, EISDIR)
    }
    return descriptor
  }

  /// Checks that a file can be opened, before a library opens it without a useful error.
  /// - Throws: `UserError` (noInput).
  public static func check(_ path: String) throws(UserError) { close(try open(path)) }

  /// Reads a file.
  /// - Parameter maxBytes: the number of bytes after which reading stops.
  /// - Throws: `UserError` (noInput).
  public static func contents(_ path: String, maxBytes: Int = .max) throws(UserError) -> Data {
    let descriptor = try open(path)
    defer { close(descriptor) }
    return try contents(of: descriptor, path, maxBytes: maxBytes)
  }

  /// Reads standard input to its end.
  /// - Parameter maxBytes: the number of bytes after which reading stops.
  /// - Throws: `UserError` (noInput).
  public static func standardInput(maxBytes: Int = .max) throws(UserError) -> Data {
    try contents(of: STDIN_FILENO, "-", maxBytes: maxBytes)
  }

  private static func contents(of descriptor: Int32, _ path: String, maxBytes: Int) throws(UserError) -> Data
  {
    var contents = Data()
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while contents.count < maxBytes {
      let wanted = min(block.count, maxBytes - contents.count)
      let count = block.withUnsafeMutableBytes {
        Descriptor.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
      }
      guard count >= 0 else { throw .reading(path, errno) }
      if count == 0 { break }
      contents.append(contentsOf: block.prefix(count))
    }
    return contents
  }
}
