import Foundation

/// Bytes from and to an open file, pipe or standard stream.
public enum Descriptor {
  /// read(2), repeated where a signal interrupts it.
  /// - Returns: how many bytes were read; 0 at the end, -1 and `errno` on failure.
  static func read(_ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// Bytes from an offset of a file: fewer at its end, none after it.
  /// - Returns: nil and `errno` on failure.
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

  /// Copies all that is left to read.
  /// - Parameters:
  ///   - path: what is written, for messages.
  ///   - failure: the error for an `errno` of reading.
  /// - Throws: that error, and those of `write`.
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

  /// Opens a file without a name in the folder for temporary files: it is gone when it is closed.
  /// - Returns: its descriptor, and the path that it had, for messages.
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

  /// Writes all the bytes: short counts are continued, and a pipe that takes none at the moment is waited for.
  /// - Parameter path: what is written, for messages; `-` is standard output.
  /// - Throws: `BrokenPipe` when the reader of a pipe has gone, `UserError` (inputOutput).
  public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count > 0 {
        done += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN where count < 0:
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      case EPIPE where count < 0: throw BrokenPipe()
      default: throw UserError.writing(path, count < 0 ? errno : ENOSPC)
      }
    }
  }

  /// Asks for what the system learns only when a file is closed, as with a quota on NFS; the descriptor stays open.
  /// - Returns: -1 and `errno` on failure.
  public static func flush(_ descriptor: Int32) -> Int32 {
    let other = dup(descriptor)
    return other < 0 ? -1 : close(other)
  }
}
