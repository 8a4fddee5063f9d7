import Glibc
import Synchronization

/// Writes to standard output and, unlike `print`, reports failed writes.
public enum StandardOutput {
  private static let isUsed = Atomic<Bool>(false)

  /// Writes text.
  /// - Throws: `BrokenPipe` if the reader has closed the pipe, `UserError` (inputOutput) if the disk is full
  ///   or standard output is closed.
  public static func write(_ text: String) throws { try write(bytes: Array(FileName.printable(text).utf8)) }

  /// Writes a line; throws as `write` does.
  public static func print(_ line: String) throws { try write(line + "\n") }

  /// Writes bytes unchanged; throws as `write` does.
  public static func write(bytes: [UInt8]) throws {
    isUsed.store(true, ordering: .relaxed)
    try bytes.withUnsafeBytes { try Descriptor.write($0, to: STDOUT_FILENO, path: "-") }
  }

  /// Reports write errors that the system reports only on close; to be called when the program ends.
  /// - Throws: `UserError` (inputOutput).
  public static func close() throws(UserError) {
    guard isUsed.load(ordering: .relaxed), Descriptor.flush(STDOUT_FILENO) != 0 else { return }
    throw .writing("-", errno)
  }

  /// Reserves the descriptors 0, 1 and 2 where the calling program closed them, so that no file opened later
  /// gets one of them. Reads and writes on a reserved descriptor fail. Call this before any file is opened.
  public static func reserveStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // open(2) returns the lowest free descriptor, which is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
