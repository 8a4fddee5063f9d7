import CSndFile
import Foundation

extension SoundFileReader {
  /// Opens a file with libsndfile for reading; the descriptor stays open, and the caller closes it.
  ///
  /// libsndfile gets a duplicate of its own: version 1.2.0 closes the descriptor of a file that it rejects,
  /// even if the caller keeps it.
  /// - Returns: nil if it is not a sound file.
  static func open(_ descriptor: Int32, _ info: inout SF_INFO) -> OpaquePointer? {
    let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard duplicate >= 0 else { return nil }
    return sf_open_fd(duplicate, Int32(SFM_READ), &info, Int32(SF_TRUE))
  }
}
