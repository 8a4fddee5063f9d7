import ArgumentParser
import Foundation

/// The options of the commands that render to a file.
struct OutputOptions: ParsableArguments {
  @OptionGroup var file: FileOptions

  @Option(
    help: "Sample rate in hertz: 44100, 48000, 88200, 96000. (default: 48000)",
    completion: Choices.rates, transform: ArgumentReading.sampleRate("--rate"))
  var rate = 48000

  @Option(
    help: "Number of channels: 1 (mono) or 2. (default: 2)", completion: Choices.channels,
    transform: ArgumentReading.channels("--channels"))
  var channels = 2

  @Option(
    help: "Number of threads. (default: all cores)", transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  var quiet: Bool { file.quiet }
  /// The number of threads that render.
  var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    guard Choices.rateValues.contains(rate) else {
      throw ValidationError("--rate must be 44100, 48000, 88200 or 96000")
    }
  }
}
