import ArgumentParser
import Foundation
import TingleBatch
import TingleDSP
import TingleDevices
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle whisper`: whispers a text once, to a file or to a playback device.
struct WhisperCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whisper",
    abstract: "Whisper a text, to a file or to a playback device.",
    discussion: """
      Examples:
        tingle whisper "good night"
        tingle whisper "close your eyes, and breathe out" -o breathe.flac --voice low
        tingle whisper --text-file letter.txt --device pulse
        tingle whisper --language de "gute Nacht"
        tingle whisper --print-phonemes "St. John's, 5 km"
      """)

  @Argument(help: "Text to whisper.")
  var text: String?

  @Option(
    help: ArgumentHelp("File with the text; - for standard input.", valueName: "file"), completion: .file())
  var textFile: String?

  @Option(
    help: "Voice: \(WhisperCharacter.allCases.map(\.rawValue).joined(separator: ", ")).",
    completion: .list(WhisperCharacter.allCases.map(\.rawValue)))
  var voice = WhisperCharacter.soft.rawValue

  @Option(help: ArgumentHelp("Syllables per second.", valueName: "rate"))
  var pace = Quantity.describe(Whisper().syllablesPerSecond, .perSecond)

  @Option(
    help: ArgumentHelp(
      "Source position, such as 'in front 12cm', 'left ear' or 'ear to ear'.", valueName: "place"),
    completion: Choices.places)
  var place = "in front 12cm"

  @Option(
    help: "Language of the text: en, or any language of espeak-ng if it is installed, such as de.",
    completion: Choices.languages)
  var language = "en"

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file. (default: play the text)", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: "ALSA playback device; `tingle devices` lists them.", completion: Choices.devices)
  var device = "default"

  @Option(
    help: ArgumentHelp("Seed: a whole number, or 'random'. (default: 1)", valueName: "seed"),
    completion: Choices.seeds, transform: ArgumentReading.seed("--seed"))
  var seed: Seed?

  @Flag(help: "Leave out the inhale before each phrase.")
  var noBreath = false

  @Flag(help: "Print each sentence as it is read, a tab, and its phonemes, instead of whispering.")
  var printPhonemes = false

  @Flag(help: .hidden)
  var dry = false

  @OptionGroup var listening: ListeningOptions
  @OptionGroup var options: OutputOptions

  /// Marks texts that start with a hyphen, so that ArgumentParser does not take them for options: the hyphen
  /// of "-5 degrees" and "- item" becomes U+2212.
  /// - Throws: `ValidationError` for an option after `--`.
  static func withTextArguments(_ words: [String]) throws -> [String] {
    guard words.first == configuration.commandName else { return words }
    if let end = words.firstIndex(of: "--"), words[end...].dropFirst(2).contains(where: { $0.hasPrefix("-") })
    {
      throw ValidationError("options come before `--`, as in: tingle whisper -o file.wav -- \"-5 degrees\"")
    }
    return words.map { word in
      let second = word.dropFirst().first
      let isText = word.first == "-" && second.map { !($0.isLetter || "-=".contains($0)) } ?? false
      return isText ? "\u{2212}" + word.dropFirst() : word
    }
  }

  func validate() throws {
    if dry { throw ArgumentReading.ParseError.renamed("--dry", in: "whisper") }
    guard (text == nil) != (textFile == nil) else {
      throw ValidationError(
        text == nil
          ? "name the text to whisper: as an argument in quotes, or with --text-file"
          : "a text argument and --text-file cannot be combined")
    }
  }

  func run() throws {
    let interruption = Interruption()
    if printPhonemes { return try interruption.endingAtOnce { try printReading() } }
    var preset = try interruption.endingAtOnce { try presetOfText() }
    preset.reportUnreadText()
    if let output {
      var words = ["whisper"] + (textFile.map { ["--text-file", $0] } ?? [text ?? ""])
      words += ["--voice", voice, "--pace", pace, "--place", place]
      if language != "en" { words += ["--language", language] }
      words += ["--seed", "\(preset.mix.seed)"] + (noBreath ? ["--no-breath"] : []) + listening.recipe
      listening.settle(&preset.mix, channels: options.channels)
      var job = Job(preset, words: words, format: try options.file.format(ofPath: output), path: output)
      job.hrtfPath = listening.hrtf
      (job.sampleRate, job.channels) = (options.rate, options.channels)
      try Rendering(job, options).run(interruption)
    } else {
      try listening.apply(
        to: &preset.mix, channels: options.channels, jobs: options.jobs, quiet: options.quiet)
      let pcm = try PCMDevice(name: device, sampleRate: options.rate, latencySeconds: 0.2)
      let liveRenderer = LiveRenderer(
        PlaybackSegment(preset.mix), sampleRate: Double(pcm.configuration.sampleRate))
      let player = Player(liveRenderer, on: pcm, seed: preset.mix.seed) { interruption.isRequested }
      let report = try player.play()
      if !options.quiet { report.printUnderruns(advice: "the system is overloaded") }
      try interruption.check()
    }
  }

  /// Prints a line for each sentence: the words as they are read, a tab, and the phonemes.
  private func printReading() throws {
    var whisper = Whisper()
    (whisper.language, whisper.text) = (language, try words())
    let reading = try whisper.reading()
    for notice in reading.notices { Terminal.say("tingle: \(notice)") }
    for sentence in reading.sentences {
      try StandardOutput.print(DisplayText.line(sentence.words) + "\t" + sentence.phonemes)
    }
  }

  private func words() throws -> String {
    try text.map { try TextFile.checked($0, of: "the text") } ?? textFile.map(TextFile.text) ?? ""
  }

  /// A preset that whispers the text once; its duration is the length of the reading.
  private func presetOfText() throws -> Preset {
    let words = try words()
    let settings = [("voice", voice), ("pace", pace), ("language", language), ("place", place)]
    let layer: LayerSettings
    do { layer = try LayerSpec.layer(Whisper.self, settings) } catch let error as UserError {
      // Each option has the name of its parameter.
      throw UserError(error.kind, "--\(error.message)")
    }
    guard var whisper = try (layer.trigger as? Whisper)?.saying(words) else {
      preconditionFailure("whisper is a Whisper")
    }
    if noBreath { whisper.inhaleDB = -60 }
    var preset = Preset.onTheSpot()
    preset.title = words.count > 60 ? "\(words.prefix(60))…" : words
    preset.mix.layers = [LayerSettings(name: "whisper", trigger: whisper, levelDB: -3, place: layer.place)]
    preset.mix.durationSeconds = whisper.readingSeconds
    preset.mix.master.fadeInSeconds = 0
    preset.mix.master.fadeOutSeconds = 0.05
    if let seed { preset.mix.seed = seed.value }
    return preset
  }
}
