import ArgumentParser
import TingleFiles
import TingleSupport

/// What kind of file is written, and how.
struct FileOptions: ParsableArguments {
  @Option(
    help: "The format, when the file's name does not tell: wav, flac, ogg, opus, mp3.",
    completion: .list(FileFormat.Container.allCases.map(\.rawValue)),
    transform: ArgumentReading.choice("--format"))
  var format: FileFormat.Container?

  @Option(
    help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)",
    completion: .list(FileFormat.Depth.allCases.map(\.rawValue)), transform: ArgumentReading.choice("--bits"))
  var bits: FileFormat.Depth?

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  /// What kind of file a path is to become.
  func format(ofPath path: String) throws -> FileFormat {
    guard !OutputTarget.isStandardOutput(path) else {
      guard format == nil || format == .wav else {
        throw ValidationError("-o - writes WAV; for another format name a file, or pipe into its encoder.")
      }
      return try FileFormat(.wav, depth: bits)
    }
    return try FileFormat(
      format ?? FileFormat.container(ofPath: path, hint: ", or say --format"), depth: bits)
  }
}
