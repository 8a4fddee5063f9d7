import Glibc

/// Writes a long file to the disk while it grows, and drops it from the page cache.
///
/// Eight hours of audio, which are not read again, would evict everything else from the page cache and take
/// longer to write than to render.
struct WriteBehind {
  private let descriptor: Int32
  private var advised: off_t = 0
  private static let window: off_t = 32 << 20

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Drops the pages of completed windows; to be called after every write.
  mutating func advance() {
    guard lseek(descriptor, 0, SEEK_CUR) - advised >= Self.window else { return }
    advised += Self.window
    // DONTNEED starts writing dirty pages and drops only clean ones, so each window is advised several times.
    let first = max(0, advised - 4 * Self.window)
    posix_fadvise(descriptor, first, advised - first, POSIX_FADV_DONTNEED)
  }
}
