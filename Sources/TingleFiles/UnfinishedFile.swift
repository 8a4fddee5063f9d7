import Glibc
import TingleSupport

/// A sound file of Tingle's whose writer was killed.
package enum UnfinishedFile {
  /// Writes what is written when a file ends: a WAV file's length, and the name of the provenance's field in a FLAC file.
  /// Other files stay as they are.
  package static func mend(_ path: String) {
    WAVHeader.restore(ofFile: path)
    let descriptor = FileSystem.open(path, O_RDWR)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = FLACTags.rename(descriptor)
  }
}
