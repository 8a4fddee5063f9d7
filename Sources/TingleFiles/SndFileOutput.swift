import CSndFile
import Glibc

/// A file that libsndfile writes: its virtual file, which remembers the first failure.
///
/// Some encoders (MP3) ignore the result of a write, so the error is recorded here.
package final class SndFileOutput {
  /// The `errno` of the first call that failed.
  package private(set) var failure: Int32?
  private let descriptor: Int32
  // Where libsndfile's file begins in the descriptor's.
  private let start: Int

  /// - Parameters:
  ///   - descriptor: open for reading and writing, and at its end; it stays open.
  ///   - start: how many bytes are there before what libsndfile writes.
  package init(_ descriptor: Int32, start: Int = 0) {
    self.descriptor = descriptor
    self.start = start
  }

  /// Opens it for writing. libsndfile's file must be closed before this one goes.
  package func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var access = Self.access
    return sf_open_virtual(&access, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(self).toOpaque())
  }

  private func write(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    var done = 0
    // After a failure nothing more is tried: a file with a hole in it would look complete.
    while done < count, failure == nil {
      let written = Glibc.write(descriptor, bytes + done, count - done)
      if written > 0 { done += written } else if written == 0 { failure = ENOSPC } else { note() }
    }
    return done
  }

  private func noted(_ result: Int) -> Int {
    if result < 0 { note() }
    return result
  }

  private func position(_ place: off_t) -> Int { place < 0 ? noted(-1) : Int(place) - start }

  private func note() { if errno != EINTR, failure == nil { failure = errno } }

  private static func at(_ data: UnsafeMutableRawPointer?) -> SndFileOutput {
    Unmanaged<SndFileOutput>.fromOpaque(data!).takeUnretainedValue()
  }

  private static let access = SF_VIRTUAL_IO(
    get_filelen: { data in
      let output = at(data)
      var status = stat()
      return fstat(output.descriptor, &status) == 0
        ? sf_count_t(Int(status.st_size) - output.start) : sf_count_t(output.noted(-1))
    },
    seek: { offset, origin, data in
      let output = at(data)
      let place = origin == SEEK_SET ? Int(offset) + output.start : Int(offset)
      return sf_count_t(output.position(lseek(output.descriptor, off_t(place), origin)))
    },
    read: { bytes, count, data in
      let output = at(data)
      return sf_count_t(output.noted(Glibc.read(output.descriptor, bytes, Int(count))))
    },
    write: { bytes, count, data in sf_count_t(at(data).write(bytes!, Int(count))) },
    tell: { data in
      let output = at(data)
      return sf_count_t(output.position(lseek(output.descriptor, 0, SEEK_CUR)))
    })
}
