import Glibc
import TingleSupport

/// A sound file written by Tingle whose process was killed.
package enum UnfinishedFile {
  /// Writes what is normally written last: the length of a WAV file, and the provenance's key of a FLAC file.
  /// Other formats are not changed.
  package static func repair(_ path: String) {
    WAVHeader.restore(ofFile: path)
    let descriptor = FileSystem.open(path, O_RDWR)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = FLACTags.rename(descriptor)
  }
}
