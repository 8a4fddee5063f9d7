import ArgumentParser
import Foundation
import TingleDSP
import TingleMix
import TinglePresets

/// What to play: a preset, or a mix built on the spot, with what is changed about it.
struct MixOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A preset's name, a path to one, or - for standard input.",
      discussion: "A path has a slash, or ends in .yaml or .yml; every other word is a name."),
    completion: Choices.presets)
  var preset: String?

  @Option(
    help: ArgumentHelp(
      "A layer of a mix built on the spot, or one more for the preset; repeatable.",
      discussion: "`tingle triggers` lists what there is.", valueName: "trigger:key=value,..."),
    completion: Choices.triggers)
  var layer: [String] = []

  @Option(
    help: ArgumentHelp(
      "Another value for something in the preset: layers.tap.level=-12dB, master.loudness=-28LUFS; repeatable.",
      valueName: "key.key=value"), transform: ArgumentReading.override("--set"))
  var set: [Override] = []

  @Flag(help: "Leave out the bed.")
  var noBed = false

  @Flag(help: .hidden)
  var dry = false

  @Option(
    help: ArgumentHelp("Another seed: a whole number, or 'random'.", valueName: "seed"),
    completion: Choices.seeds, transform: ArgumentReading.seed("--seed"))
  var seed: Seed?

  @Option(
    help: ArgumentHelp("The length of the track: 8h, 1h30m, 90s.", valueName: "time"),
    transform: ArgumentReading.seconds("--duration"))
  var duration: Seconds?

  @Option(
    help: ArgumentHelp("How long the track takes to come up: 0s to 1h.", valueName: "time"),
    transform: ArgumentReading.seconds("--fade-in"))
  var fadeIn: Seconds?

  @Option(
    help: ArgumentHelp("How long it takes to go: 0s to 1h.", valueName: "time"),
    transform: ArgumentReading.seconds("--fade-out"))
  var fadeOut: Seconds?

  @Option(help: ArgumentHelp("Words that the mix's whisper says, in its language.", valueName: "words"))
  var text: String?

  @Option(help: "A file with the words; - for standard input.", completion: .file())
  var textFile: String?

  func validate() throws {
    if dry { throw ArgumentReading.ParseError.renamed("--dry", in: "render") }
    guard text == nil || textFile == nil else {
      throw ValidationError("Take --text or --text-file, not both.")
    }
    guard preset != nil || !layer.isEmpty || text != nil || textFile != nil else {
      throw ValidationError("Say what to play: a preset's name (`tingle presets` lists them), or a --layer.")
    }
    if let duration, !(1...604_800 ~= duration.value) {
      throw ValidationError("--duration goes from 1s to 7 days (168h).")
    }
    for (name, fade) in [("--fade-in", fadeIn), ("--fade-out", fadeOut)] {
      if let fade, fade.value > 3600 { throw ValidationError("\(name) goes from 0s to 1h.") }
    }
  }

  /// The preset that results.
  func resolved() throws -> Preset {
    var result = try preset.map(PresetContext.cache.preset) ?? Preset.onTheSpot()
    if noBed { result.mix.layers.removeAll { $0.role == .bed } }
    for text in layer {
      _ = try TextFile.checked(text, of: "--layer")
      result.mix.layers.append(try LayerSpec.parse(text, taken: result.mix.layers.map(\.name)))
    }
    for override in set {
      let value = try TextFile.checked(override.value, of: "--set")
      try PresetParser.set(override.path, to: value, in: &result)
    }
    if let words = try text.map({ try TextFile.checked($0, of: "--text") }) ?? textFile.map(TextFile.text) {
      try say(words, in: &result.mix)
    }
    guard !result.mix.layers.isEmpty else {
      throw ValidationError("--no-bed leaves nothing of '\(result.name)': it is only a bed.")
    }
    if let seed { result.mix.seed = seed.value }
    if let duration { result.mix.durationSeconds = duration.value }
    if let fadeIn { result.mix.master.fadeInSeconds = fadeIn.value }
    if let fadeOut { result.mix.master.fadeOutSeconds = fadeOut.value }
    return result
  }

  /// Gives the words to every whisper of a mix, or a whisper to the mix.
  private func say(_ words: String, in mix: inout Mix) throws {
    if !mix.layers.contains(where: { $0.trigger is Whisper }) {
      mix.layers.append(LayerSettings(name: "whisper", trigger: Whisper()))
    }
    for k in mix.layers.indices {
      guard let whisper = mix.layers[k].trigger as? Whisper else { continue }
      mix.layers[k].trigger = try whisper.saying(words)
    }
  }

  /// The words that make this mix again, without the program's name and verb.
  func recipe(for preset: Preset) -> [String] {
    var words = self.preset.map { [$0] } ?? []
    words += set.flatMap { ["--set", "\($0.path)=\($0.value)"] }
    words += layer.flatMap { ["--layer", $0] }
    if let text { words += ["--text", text] }
    if let textFile { words += ["--text-file", textFile] }
    if noBed { words.append("--no-bed") }
    words += ["--seed", "\(preset.mix.seed)"]
    if let fadeIn { words += ["--fade-in", Quantity.describe(fadeIn.value, .seconds)] }
    if let fadeOut { words += ["--fade-out", Quantity.describe(fadeOut.value, .seconds)] }
    words += ["--duration", Quantity.describe(preset.mix.durationSeconds, .seconds)]
    return words
  }
}
