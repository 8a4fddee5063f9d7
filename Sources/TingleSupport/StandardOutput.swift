import Glibc
import Synchronization

/// Standard output: lists, figures and help. What is lost is an error, where `print` says nothing.
public enum StandardOutput {
  private static let isUsed = Atomic<Bool>(false)

  /// Writes text.
  /// - Throws: `BrokenPipe` when its reader has gone, `UserError` (inputOutput) when the disk is full, or it is closed.
  public static func write(_ text: String) throws { try write(bytes: Array(FileName.shown(text).utf8)) }

  /// Writes a line.
  public static func print(_ line: String) throws { try write(line + "\n") }

  /// Writes bytes as they are.
  public static func write(bytes: [UInt8]) throws {
    isUsed.store(true, ordering: .relaxed)
    try bytes.withUnsafeBytes { try Descriptor.write($0, to: STDOUT_FILENO, path: "-") }
  }

  /// Asks, at the program's end, for the errors that show themselves on closing.
  /// - Throws: `UserError` (inputOutput).
  public static func close() throws(UserError) {
    guard isUsed.load(ordering: .relaxed), Descriptor.flush(STDOUT_FILENO) != 0 else { return }
    throw .writing("-", errno)
  }

  /// Reserves the descriptors 0, 1 and 2 where the calling program closed them, so that no file opened later gets one of
  /// them. Reads and writes through a reserved descriptor fail. Call this before any file is opened.
  public static func holdStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, so it is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
