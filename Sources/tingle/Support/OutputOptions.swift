import ArgumentParser
import Foundation

/// How a file is written: what every command that renders has.
struct OutputOptions: ParsableArguments {
  @OptionGroup var file: FileOptions

  @Option(
    help: "Sample rate in hertz: 44100, 48000, 88200, 96000. (default: 48000)",
    completion: Choices.rates, transform: ArgumentReading.sampleRate("--rate"))
  var rate = 48000

  @Option(
    help: "1 (mono) or 2. (default: 2)", completion: Choices.channels,
    transform: ArgumentReading.channels("--channels"))
  var channels = 2

  @Option(
    help: "Threads that render. (default: all cores)", transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  var quiet: Bool { file.quiet }
  /// How many threads render.
  var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    guard Choices.rateValues.contains(rate) else {
      throw ValidationError("--rate is 44100, 48000, 88200 or 96000.")
    }
  }
}
