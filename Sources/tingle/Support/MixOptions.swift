import ArgumentParser
import Foundation
import TingleDSP
import TingleMix
import TinglePresets
import TingleScripts
import TingleSupport

/// The options that select a preset or define a mix, and override its values.
struct MixOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Preset name, path of a preset, or - for standard input.",
      discussion: "A word that contains a slash, or ends in .yaml or .yml, is a path."),
    completion: Choices.presets)
  var preset: String?

  @Option(
    help: ArgumentHelp(
      "Layer to add to the preset, or to a new mix without one. Repeatable.",
      discussion: "`tingle triggers` lists triggers and their parameters.", valueName: "trigger:key=value"
    ),
    completion: Choices.triggers)
  var layer: [String] = []

  @Option(
    help: ArgumentHelp(
      "Override a value of the preset, such as layers.tap.level=-12dB. Repeatable.",
      valueName: "key.key=value"), transform: ArgumentReading.override("--set"))
  var set: [Override] = []

  @Flag(help: "Leave out the bed.")
  var noBed = false

  @Flag(help: .hidden)
  var dry = false

  @Option(
    help: ArgumentHelp("Seed: a whole number, or 'random'. (default: the preset's)", valueName: "seed"),
    completion: Choices.seeds, transform: ArgumentReading.seed("--seed"))
  var seed: Seed?

  @Option(
    help: ArgumentHelp(
      "Length of the track, such as 8h, 1h30m or 90s. (default: the preset's)", valueName: "time"),
    transform: ArgumentReading.seconds("--duration"))
  var duration: Seconds?

  @Option(
    help: ArgumentHelp("Fade-in time: 0s to 1h. (default: the preset's)", valueName: "time"),
    transform: ArgumentReading.seconds("--fade-in"))
  var fadeIn: Seconds?

  @Option(
    help: ArgumentHelp("Fade-out time: 0s to 1h. (default: the preset's)", valueName: "time"),
    transform: ArgumentReading.seconds("--fade-out"))
  var fadeOut: Seconds?

  @Option(
    help: ArgumentHelp(
      "Text for the whisper layers; adds a whisper layer if the mix has none.", valueName: "text"))
  var text: String?

  @Option(
    help: ArgumentHelp("File with the text; - for standard input.", valueName: "file"), completion: .file())
  var textFile: String?

  @Option(
    help: ArgumentHelp(
      "Script: lines to whisper and directions such as [pause 8s]; - for standard input.",
      discussion: "The track is as long as the script unless --duration is given.", valueName: "file"),
    completion: .file(extensions: ["script"]))
  var script: String?

  @Flag(help: "Print when each line and each action of the script comes, and exit.")
  var printScript = false

  func validate() throws {
    if dry { throw ArgumentReading.ParseError.renamed("--dry", in: "render") }
    guard text == nil || textFile == nil else {
      throw ValidationError("--text and --text-file cannot be combined")
    }
    guard script == nil || text == nil && textFile == nil else {
      throw ValidationError("--script cannot be combined with --text or --text-file")
    }
    guard preset != nil || !layer.isEmpty || text != nil || textFile != nil || script != nil else {
      throw ValidationError("name a preset (`tingle presets` lists them), or add a --layer")
    }
    if let duration, !(1...604_800 ~= duration.value) {
      throw ValidationError("--duration must be from 1s to 168h (7 days)")
    }
    for (name, fade) in [("--fade-in", fadeIn), ("--fade-out", fadeOut)] {
      if let fade, fade.value > 3600 { throw ValidationError("\(name) must be from 0s to 1h") }
    }
  }

  /// The preset with all overrides applied.
  func resolved() throws -> Preset {
    var result =
      try preset.map(PresetContext.cache.preset)
      ?? (script == nil ? Preset.onTheSpot() : Preset.forScript())
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
    if let fadeIn { result.mix.master.fadeInSeconds = fadeIn.value }
    if let fadeOut { result.mix.master.fadeOutSeconds = fadeOut.value }
    if let seed { result.mix.seed = seed.value }
    try direct(&result)
    guard !result.mix.layers.isEmpty else {
      throw ValidationError("--no-bed leaves no layer of '\(result.name)': it has only a bed")
    }
    return result
  }

  /// Sets the script and the duration, and computes the timetable.
  private func direct(_ preset: inout Preset) throws {
    if duration != nil {
      preset.followsScript = false
    } else if script != nil {
      preset.followsScript = true
    }
    if let script {
      try preset.setScript(
        ScriptFile.text(at: script), from: ScriptOrigin(file: script == "-" ? "<stdin>" : script))
      if self.preset == nil, let title = preset.script?.title { preset.title = title }
    } else {
      try preset.directScript()
    }
    if let duration { preset.mix.durationSeconds = duration.value }
  }

  /// Prints the timetable of a preset's script.
  /// - Throws: `UserError` (usage) for a preset without a script.
  func printTimetable(of preset: Preset) throws {
    guard let script = preset.script else {
      throw UserError(.usage, "'\(preset.name)' has no script; name one with --script")
    }
    try StandardOutput.print(script.timetable.text)
  }

  /// Sets the text of all whisper layers; adds a whisper layer if the mix has none.
  private func say(_ words: String, in mix: inout Mix) throws {
    if !mix.layers.contains(where: { $0.trigger is Whisper }) {
      mix.layers.append(LayerSettings(name: "whisper", trigger: Whisper()))
    }
    for k in mix.layers.indices {
      guard let whisper = mix.layers[k].trigger as? Whisper else { continue }
      mix.layers[k].trigger = try whisper.saying(words)
    }
  }

  /// The arguments that reproduce the mix, without the program's name and subcommand.
  func recipe(for preset: Preset) -> [String] {
    var words = self.preset.map { [$0] } ?? []
    words += set.flatMap { ["--set", "\($0.path)=\($0.value)"] }
    words += layer.flatMap { ["--layer", $0] }
    if let text { words += ["--text", text] }
    if let textFile { words += ["--text-file", textFile] }
    if let script { words += ["--script", script] }
    if noBed { words.append("--no-bed") }
    words += ["--seed", "\(preset.mix.seed)"]
    if let fadeIn { words += ["--fade-in", Quantity.describe(fadeIn.value, .seconds)] }
    if let fadeOut { words += ["--fade-out", Quantity.describe(fadeOut.value, .seconds)] }
    if preset.script == nil || !preset.followsScript {
      words += ["--duration", Quantity.describe(preset.mix.durationSeconds, .seconds)]
    }
    return words
  }
}
