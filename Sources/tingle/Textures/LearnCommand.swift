import ArgumentParser
import Foundation
import TingleChart
import TingleDSP
import TingleFiles
import TingleLearning
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle learn`: learns a texture from a recording.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Learn a recording's statistics, to make endless noise like it.",
    discussion: """
      Writes a .texture file of some 3,000 numbers, without audio, for the trigger `texture`. Use 20 s or more
      of even sound, and a minute of waves or gusts. Changes slower than 16 s are not learned.

      Rain, streams, boiling water, waves, wind, crickets, fans and cabins sound like the recording. Fire,
      brushing and scratching come near. Typing, tapping, crinkling, dripping and writing lose their rhythm
      and resonance; the triggers of Tingle are better. Speech, music and birdsong become noise. Two sounds in
      one recording become their average, and a cough becomes an event that returns: choose a clean stretch
      with --start and --end.

      Examples:
        tingle learn rain.wav
        tingle learn walk.flac --start 1:10 --end 2:30 -o brook.texture --name "The brook"
        tingle play --layer texture:file=./rain.texture
      """)

  @Argument(
    help: "Recording, mono or stereo, in any format that libsndfile reads; - for standard input.",
    completion: .file())
  var recording: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Output file. (default: the recording's name with the extension .texture)", valueName: "file.texture"),
    completion: .file(extensions: ["texture"]))
  var output: String?

  @Option(
    help: ArgumentHelp("Start of the stretch to learn. (default: 0s)", valueName: "time"),
    transform: ArgumentReading.seconds("--start"))
  var start: Seconds?

  @Option(
    help: ArgumentHelp("End of the stretch to learn. (default: the end, at most 5m)", valueName: "time"),
    transform: ArgumentReading.seconds("--end"))
  var end: Seconds?

  @Option(help: ArgumentHelp("Title, for `tingle textures`.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("Author, source and licence of the recording.", valueName: "text"))
  var credit: String?

  @Option(
    help: ArgumentHelp(
      "Chart to draw: spectrum, levels, fluctuation by octave.", valueName: "file.png|.svg"),
    completion: .file(extensions: ["png", "svg"]))
  var chart: String?

  @Flag(help: "Accept sound of 4 s or more, instead of 10 s; slow changes are then not learned.")
  var short = false

  @Flag(help: "Overwrite existing files.")
  var force = false

  @Flag(help: "Print no progress and no report, only warnings.")
  var quiet = false

  private static let shortestSeconds = 4.0
  private static let longestSeconds = 300.0

  func validate() throws {
    if let start, let end, end.value <= start.value {
      throw ValidationError("--end is not after --start")
    }
    if let chart, Chart.Format(path: chart) == nil {
      throw ValidationError("--chart: '\(chart)' has no known extension; write .png or .svg")
    }
    for (option, text) in [("--name", name), ("--credit", credit)] {
      if let text, text.count > TextureModel.longestText {
        throw ValidationError(
          "\(option) has \(text.count) characters; the limit is \(TextureModel.longestText)")
      }
    }
    if let output, output != "-", !output.hasSuffix(".texture") {
      throw ValidationError("-o: '\(output)' needs the extension .texture, by which presets find it")
    }
    if output == nil, recording == "-" {
      throw ValidationError("a recording from standard input needs an output file: -o NAME.texture")
    }
  }

  func run() throws {
    let interruption = Interruption()
    let path = output ?? FileSystem.stem(of: recording) + ".texture"
    let file = try AtomicFile(path: path, overwrite: force)
    defer { file.abandon() }
    let drawing = try chart.map { try AtomicFile(path: $0, overwrite: force) }
    defer { drawing?.abandon() }
    try interruption.endingAtOnce(after: {
      file.abandon()
      drawing?.abandon()
    }) {
      let sound = try read()
      for warning in LearningReport.warnings(sound.faults, seconds: sound.seconds) {
        Terminal.say("tingle: '\(recording)' \(warning)")
      }
      let showsProgress = !quiet && Terminal.isInteractive
      let learner = TextureLearner(left: sound.left, right: sound.right) { share in
        if showsProgress { Terminal.rewrite(String(format: "learning: %3.0f %%", 100 * share)) }
      }
      var result = learner.learn()
      if showsProgress { Terminal.rewrite("") }
      result.model.title = name ?? PresetLibrary.title(of: FileSystem.stem(of: recording))
      result.model.credit = credit ?? ""
      let text = result.model.text
      try file.write(Data(text.utf8))
      if let drawing { try LearningReport.chart(of: result.model, result).draw(to: drawing) }
      try file.commit()
      guard !quiet, path != "-" else { return }
      for line in LearningReport.lines(
        result, sound.seconds, isStereo: sound.right != nil, bytes: text.utf8.count)
      {
        try StandardOutput.print(line)
      }
      try StandardOutput.print("written to \(DisplayText.line(path)); play it with:")
      let reference = path.contains("/") ? path : "./" + path
      try StandardOutput.print("  tingle play --layer '\(DisplayText.line("texture:file=" + reference))'")
    }
  }

  /// A stretch of a recording at the learner's sample rate.
  private struct Sound {
    var left: [Float]
    var right: [Float]?
    let faults: RecordingFaults
    let seconds: Double
  }

  private func read() throws -> Sound {
    let reader = try SoundFileReader(recording)
    let rate = reader.sampleRate
    let first = Int((start?.value ?? 0) * rate)
    let last = min(
      end.map { Int($0.value * rate) } ?? .max, first + Int(Self.longestSeconds * rate))
    var (left, right) = ([Float](), [Float]())
    var position = 0
    try reader.read { frames in
      for frame in frames {
        if position >= first, position < last {
          left.append(frame.x)
          if reader.channels == 2 { right.append(frame.y) }
        }
        position += 1
      }
    }
    let seconds = Double(left.count) / rate
    let least = short ? Self.shortestSeconds : TextureLearner.shortestSeconds
    guard seconds >= least else {
      let hint = short ? "" : "; --short learns from 4 s or more, without slow changes"
      throw UserError(
        .data,
        String(
          format: "'%@' has %.1f s of sound to learn from; at least %.0f s are needed%@", recording, seconds,
          least, hint))
    }
    if let end = reader.truncation { Terminal.say("tingle: '\(recording)' \(end)") }
    guard let loudest = left.map(abs).max().map({ max($0, right.map(abs).max() ?? 0) }), loudest > 1e-5
    else {
      throw UserError(.data, "'\(recording)' is silent")
    }
    let target = TextureLearner.sampleRate
    left = Resampling.converted(left, from: rate, to: target)
    right = Resampling.converted(right, from: rate, to: target)
    // Both channels alike are mono.
    let isStereo = !right.isEmpty && right != left
    return Sound(
      left: left, right: isStereo ? right : nil,
      faults: RecordingFaults(left: left, right: isStereo ? right : left), seconds: seconds)
  }
}
