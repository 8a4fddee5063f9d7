import Glibc

/// Bytes to an open file, pipe or standard output.
public enum Descriptor {
  /// Writes all the bytes: short counts are continued, and a pipe that takes none at the moment is waited for.
  /// - Parameter path: what is written, for messages; `-` is standard output.
  /// - Throws: `BrokenPipe` when the reader of a pipe has gone, `FileError` (inputOutput).
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
      default: throw FileError.writing(path, count < 0 ? errno : ENOSPC)
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
