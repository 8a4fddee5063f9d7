import CSndFile
import Glibc
import TingleSupport

/// The virtual I/O through which libsndfile writes to a file descriptor; it records the first error.
///
/// Some encoders (MP3) ignore the result of a write, so the caller checks `failure` instead.
package final class SndFileOutput {
  /// The `errno` of the first failed call.
  package private(set) var failure: Int32?
  private let descriptor: Int32
  // The offset of libsndfile's file in the descriptor's.
  private let start: Int

  /// Creates the virtual I/O.
  /// - Parameters:
  ///   - descriptor: open for reading and writing, positioned at its end; it stays open.
  ///   - start: the number of bytes before libsndfile's output.
  package init(_ descriptor: Int32, start: Int = 0) {
    self.descriptor = descriptor
    self.start = start
  }

  /// Opens a libsndfile handle for writing; it must be closed before this object is released.
  package func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var access = Self.access
    return sf_open_virtual(&access, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(self).toOpaque())
  }

  private func write(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    // After a failed write nothing more is written: a file with a hole would look complete.
    guard failure == nil else { return 0 }
    let code = Descriptor.writeAll(UnsafeRawBufferPointer(start: bytes, count: count), to: descriptor)
    guard code != 0 else { return count }
    failure = code
    return 0
  }

  /// Records the error of a call with a negative result.
  private func checked(_ result: Int) -> Int {
    if result < 0, errno != EINTR, failure == nil { failure = errno }
    return result
  }

  private func position(_ offset: off_t) -> Int { offset < 0 ? checked(-1) : Int(offset) - start }

  private static func instance(_ data: UnsafeMutableRawPointer?) -> SndFileOutput {
    Unmanaged<SndFileOutput>.fromOpaque(data!).takeUnretainedValue()
  }

  private static let access = SF_VIRTUAL_IO(
    get_filelen: { data in
      let output = instance(data)
      var status = stat()
      return fstat(output.descriptor, &status) == 0
        ? sf_count_t(Int(status.st_size) - output.start) : sf_count_t(output.checked(-1))
    },
    seek: { offset, origin, data in
      let output = instance(data)
      let target = origin == SEEK_SET ? Int(offset) + output.start : Int(offset)
      return sf_count_t(output.position(lseek(output.descriptor, off_t(target), origin)))
    },
    read: { bytes, count, data in
      let output = instance(data)
      return sf_count_t(output.checked(Glibc.read(output.descriptor, bytes, Int(count))))
    },
    write: { bytes, count, data in sf_count_t(instance(data).write(bytes!, Int(count))) },
    tell: { data in
      let output = instance(data)
      return sf_count_t(output.position(lseek(output.descriptor, 0, SEEK_CUR)))
    })
}
