import ArgumentParser
import TingleFiles
import TingleSupport

/// The options of the commands that write a sound file.
struct FileOptions: ParsableArguments {
  @Option(
    help: "Output format: wav, flac, ogg, opus, mp3. (default: from the extension)",
    completion: .list(FileFormat.Container.allCases.map(\.rawValue)),
    transform: ArgumentReading.choice("--format"))
  var format: FileFormat.Container?

  @Option(
    help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)",
    completion: .list(FileFormat.Depth.allCases.map(\.rawValue)), transform: ArgumentReading.choice("--bits"))
  var bits: FileFormat.Depth?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  /// The format of a file, by `--format` or by its extension.
  func format(ofPath path: String) throws -> FileFormat {
    guard !OutputTarget.isStandardOutput(path) else {
      guard format == nil || format == .wav else {
        throw ValidationError("-o - writes WAV; for another format, name a file or pipe to an encoder")
      }
      return try FileFormat(.wav, depth: bits)
    }
    return try FileFormat(
      format ?? FileFormat.container(ofPath: path, hint: ", or set --format"), depth: bits)
  }
}
