import ArgumentParser
import Foundation
import TingleAudio

/// How a file is written: what every command that renders has.
struct OutputOptions: ParsableArguments {
  @Option(help: "The format, when the file's name does not tell: wav, flac, ogg, opus, mp3.")
  var format: FileFormat.Container?

  @Option(help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)")
  var bits: FileFormat.Depth?

  @Option(help: "Sample rate in hertz: 44100, 48000, 88200, 96000.")
  var rate = 48000

  @Option(help: "1 (mono) or 2.")
  var channels = 2

  @Option(help: "Threads that render. (default: all cores)")
  var jobs: Int?

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  /// What kind of file a path is to become.
  func format(ofPath path: String) throws -> FileFormat {
    guard path != "-" else {
      guard format == nil || format == .wav else {
        throw ValidationError("-o - writes WAV; for another format name a file, or pipe into its encoder.")
      }
      return try FileFormat(.wav, depth: bits)
    }
    return try FileFormat(format ?? FileFormat.container(ofPath: path), depth: bits)
  }

  /// How many threads render.
  var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    guard [44100, 48000, 88200, 96000].contains(rate) else {
      throw ValidationError("--rate is 44100, 48000, 88200 or 96000.")
    }
    guard channels == 1 || channels == 2 else { throw ValidationError("--channels is 1 or 2.") }
    if let jobs, !(1...256 ~= jobs) { throw ValidationError("--jobs goes from 1 to 256.") }
  }
}

extension FileFormat.Container: ExpressibleByArgument {}
extension FileFormat.Depth: ExpressibleByArgument {}
