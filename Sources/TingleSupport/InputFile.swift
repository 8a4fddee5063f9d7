import Foundation

/// Files that are read.
public enum InputFile {
  /// Opens a file for reading; the caller closes it.
  /// - Throws: `UserError` (noInput) that says why: missing, a folder, permission denied.
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

  /// Throws the `UserError` (noInput) that opening the file would throw; for libraries that open it themselves.
  public static func check(_ path: String) throws(UserError) { close(try open(path)) }

  /// A file's contents.
  /// - Parameter most: reads no more bytes than that.
  /// - Throws: `UserError` (noInput).
  public static func contents(_ path: String, most: Int = .max) throws(UserError) -> Data {
    let descriptor = try open(path)
    defer { close(descriptor) }
    return try contents(of: descriptor, path, most: most)
  }

  /// All that standard input has to give.
  public static func standardInput(most: Int = .max) throws(UserError) -> Data {
    try contents(of: STDIN_FILENO, "-", most: most)
  }

  private static func contents(of descriptor: Int32, _ path: String, most: Int) throws(UserError) -> Data {
    var contents = Data()
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while contents.count < most {
      let room = min(block.count, most - contents.count)
      let count = block.withUnsafeMutableBytes {
        Descriptor.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<room]))
      }
      guard count >= 0 else { throw .reading(path, errno) }
      if count == 0 { break }
      contents.append(contentsOf: block.prefix(count))
    }
    return contents
  }
}
