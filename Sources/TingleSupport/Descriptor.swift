import Foundation

/// Reads and writes on file descriptors: files, pipes and standard streams.
public enum Descriptor {
  /// Calls read(2), and again if a signal interrupts it.
  /// - Returns: the number of bytes read; 0 at the end of the file; -1 and `errno` on failure.
  package static func read(_ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// Reads bytes at an offset of a file without moving its position.
  /// - Returns: up to `count` bytes, fewer at the end of the file; nil and `errno` on failure.
  public static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + done, count - done, off_t(offset + done))
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { return nil }
      if read == 0 { break }
      done += read
    }
    return Array(bytes.prefix(done))
  }

  /// Copies the rest of one descriptor to another.
  /// - Parameters:
  ///   - path: the destination, for messages.
  ///   - failure: returns the error for the `errno` of a failed read.
  /// - Throws: the error of `failure`, and those of `write`.
  public static func copy(
    from source: Int32, to destination: Int32, path: String, failure: (Int32) -> UserError
  ) throws {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { read(source, into: $0) }
      guard count >= 0 else { throw failure(errno) }
      if count == 0 { return }
      try block.withUnsafeBytes {
        try write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: destination, path: path)
      }
    }
  }

  /// Opens an unnamed file in the folder for temporary files; it is deleted when it is closed.
  /// - Returns: the descriptor, and the path the file had, for messages.
  /// - Throws: `UserError` (cannotCreate, inputOutput).
  public static func openNameless() throws(UserError) -> (descriptor: Int32, path: String) {
    let path = FileSystem.path("tingle-XXXXXX", in: NSTemporaryDirectory())
    var name = FileName.bytes(path).map { CChar(bitPattern: $0) } + [0]
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw .creating(path, errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(name)
    return (descriptor, path)
  }

  /// Writes all bytes.
  /// - Parameter path: the destination, for messages; `-` is standard output.
  /// - Throws: `BrokenPipe` if the reader of a pipe has closed it, `UserError` (inputOutput).
  public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
    switch writeAll(bytes, to: descriptor) {
    case 0: return
    case EPIPE: throw BrokenPipe()
    case let code: throw UserError.writing(path, code)
    }
  }

  /// Calls write(2) until all bytes are written: after a partial write, after a signal, and after a full pipe
  /// is ready.
  /// - Returns: 0, or the `errno` of the failed call.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count > 0 {
        done += count
        continue
      }
      // A count of 0 means that there is no space.
      guard count < 0 else { return ENOSPC }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      case let code: return code
      }
    }
    return 0
  }

  /// Reports write errors that the system reports only on close, such as a quota on NFS. The descriptor stays
  /// open.
  /// - Returns: 0, or -1 and `errno` on failure.
  public static func flush(_ descriptor: Int32) -> Int32 {
    let other = dup(descriptor)
    return other < 0 ? -1 : close(other)
  }
}
