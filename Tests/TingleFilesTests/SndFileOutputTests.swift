import CSndFile
import Foundation
import Testing
import TingleFiles

@Suite("libsndfile output")
struct SndFileOutputTests {
  @Test(
    "a full disk is detected, also if the encoder ignores failed writes",
    arguments: [
      SF_FORMAT_FLAC | SF_FORMAT_PCM_24, SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
      SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
    ].map { Int32($0) })
  func fullDisk(format: Int32) throws {
    let descriptor = open("/dev/full", O_RDWR | O_CLOEXEC)
    defer { close(descriptor) }
    let output = SndFileOutput(descriptor)
    var info = SF_INFO()
    (info.samplerate, info.channels, info.format) = (48000, 2, format)
    let file = output.open(&info)
    let samples = (0..<96_000).map { k in Float(k % 100) / 200 }
    if let file {
      sf_writef_float(file, samples, 48_000)
      sf_close(file)
    }
    #expect(output.failure == ENOSPC)
  }
}
