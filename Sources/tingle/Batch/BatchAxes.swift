import ArgumentParser
import TingleBatch
import TingleFiles

/// The options that vary presets. They override the keys of a plan.
struct BatchAxes: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output folder.", valueName: "folder"), completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp("Seeds: 7, 1..10, or 1,4,7..9. (default: the presets' own)", valueName: "seeds"),
    transform: ArgumentReading.seeds("--seeds"))
  var seeds: [UInt64]?

  @Option(
    help: ArgumentHelp("Lengths: 1h, or 10m,8h. (default: the presets' own)", valueName: "times"),
    transform: ArgumentReading.times("--duration"))
  var duration: [String]?

  @Option(
    help: "Output formats: wav, flac, ogg, opus, mp3, or several such as flac,opus. (default: wav)",
    completion: Choices.formats,
    transform: ArgumentReading.choices("--format", FileFormat.Container.self))
  var format: [String]?

  @Option(
    help: ArgumentHelp(
      "Template of file names, with {preset} {seed} {duration} {set} {format} {ext}.", valueName: "template"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Override a value of the presets, such as layers.tap.level=-12dB. Repeatable.",
      valueName: "key.key=value"), transform: ArgumentReading.override("--set"))
  var set: [Override] = []

  @Option(
    help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)",
    completion: .list(FileFormat.Depth.allCases.map(\.rawValue)), transform: ArgumentReading.choice("--bits"))
  var bits: FileFormat.Depth?

  @Option(
    help: "Sample rate in hertz: 44100, 48000, 88200, 96000. (default: 48000)",
    completion: Choices.rates, transform: ArgumentReading.sampleRate("--rate"))
  var rate: Int?

  @Option(
    help: "Number of channels: 1 (mono) or 2. (default: 2)", completion: Choices.channels,
    transform: ArgumentReading.channels("--channels"))
  var channels: Int?

  @Flag(help: "Leave out the bed.")
  var noBed = false

  @Flag(help: .hidden)
  var dry = false

  func validate() throws {
    if dry { throw ArgumentReading.ParseError.renamed("--dry", in: "render") }
  }

  /// Replaces the values of a plan, or the defaults.
  func apply(to variations: inout Variations, _ listening: ListeningOptions) throws {
    if let seeds { variations.seeds = seeds }
    if let duration { variations.durations = duration }
    if let format { variations.formats = format }
    if let name { variations.name = name }
    if !set.isEmpty {
      let values = set.map { ($0.path, $0.value) }
      let base = variations.valueSets.isEmpty ? [Variations.ValueSet(values: [])] : variations.valueSets
      variations.valueSets = base.map { Variations.ValueSet(name: $0.name, values: $0.values + values) }
    }
    var options: [(String, String?)] = []
    if let bits { options.append(("bits", bits.rawValue)) }
    if let rate { options.append(("rate", "\(rate)")) }
    if let channels { options.append(("channels", "\(channels)")) }
    if noBed { options.append(("no-bed", nil)) }
    if listening.speakers { options.append(("speakers", nil)) }
    if let head = listening.hrtf { options.append(("hrtf", head)) }
    if let room = listening.room { options.append(("room", room)) }
    variations.options.removeAll { old in options.contains { $0.0 == old.name } }
    variations.options += options.map { (name: $0.0, value: $0.1) }
  }
}
