import Glibc

/// Sends a long file's bytes to the disk as they come, and lets the system forget them.
///
/// Nobody reads a sleep track while it is made: eight hours of it in the page cache would push out all that is in use, and cost
/// more time than the making.
struct WriteBehind {
  private let descriptor: Int32
  private var sent: off_t = 0
  private static let window: off_t = 32 << 20

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// To be called after every portion.
  mutating func advance() {
    guard lseek(descriptor, 0, SEEK_CUR) - sent >= Self.window else { return }
    sent += Self.window
    // Linux begins to write what is still to be written, and forgets what has been; so each window is named several times.
    let first = max(0, sent - 4 * Self.window)
    posix_fadvise(descriptor, first, sent - first, POSIX_FADV_DONTNEED)
  }
}
