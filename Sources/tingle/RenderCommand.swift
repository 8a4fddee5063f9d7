import ArgumentParser
import Foundation
import TingleBatch
import TingleMix
import TinglePresets

/// `tingle render`: renders a preset to a sound file.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render a preset to a sound file.",
    discussion: """
      Examples:
        tingle render sleep -o sleep.wav --duration 8h
        tingle render focus-on-work -o focus.opus --seed 7
        tingle render unwind -o - | aplay
        tingle render --layer 'tap:surface=glass,pace=1.5/s' -o taps.flac --duration 2m
        tingle render relax --set layers.whisper.text='Good night' -o night.flac
        tingle render sleep --slice 3/16 -o slice-03.flac
        tingle render --script haircut.script -o haircut.flac
        tingle render --script haircut.script --print-script
      """)

  @OptionGroup var mix: MixOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Output file; the extension (.wav .flac .ogg .opus .mp3) selects the format; - is a WAV pipe.",
      valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Start time in the track.", valueName: "time"),
    transform: ArgumentReading.seconds("--start"))
  var start: Seconds?

  @Option(
    help: ArgumentHelp("End time in the track.", valueName: "time"),
    transform: ArgumentReading.seconds("--end"))
  var end: Seconds?

  @Option(
    help: ArgumentHelp(
      "Slice of the track to render, in a lossless format; `tingle join` joins slices.",
      valueName: "i/n"), transform: ArgumentReading.part("--slice") { Slice($0) })
  var slice: Slice?

  @OptionGroup var listening: ListeningOptions
  @OptionGroup var options: OutputOptions

  func validate() throws {
    guard output != nil || mix.printScript else {
      throw ValidationError("Missing expected argument '--output <file>'")
    }
    guard slice == nil || start == nil && end == nil else {
      throw ValidationError("--slice cannot be combined with --start or --end")
    }
  }

  func run() throws {
    let interruption = Interruption()
    if mix.printScript {
      return try interruption.endingAtOnce { try mix.printTimetable(of: mix.resolved()) }
    }
    let job = try interruption.endingAtOnce { try self.job() }
    job.preset.reportUnreadText()
    try Rendering(job, options).run(interruption)
  }

  /// The job that the options describe.
  func job() throws -> Job {
    var preset = try mix.resolved()
    var words = ["render"] + mix.recipe(for: preset) + listening.recipe
    if let start { words += ["--start", Quantity.describe(start.value, .seconds)] }
    if let end { words += ["--end", Quantity.describe(end.value, .seconds)] }
    listening.settle(&preset.mix, channels: options.channels)
    let output = output ?? "-"
    var job = Job(preset, words: words, format: try options.file.format(ofPath: output), path: output)
    job.hrtfPath = listening.hrtf
    job.seconds = try seconds(of: preset.mix)
    job.slice = try slice.map(lossless)
    (job.sampleRate, job.channels) = (options.rate, options.channels)
    return job
  }

  private func lossless(_ slice: Slice) throws -> Slice {
    let format = try options.file.format(ofPath: output ?? "-")
    guard let depth = format.depth, depth != .int16 else {
      throw ValidationError(
        "a slice must be .wav or .flac with 24 bits or float; `tingle join` converts to other formats")
    }
    return slice
  }

  private func seconds(of mix: Mix) throws -> Range<Double>? {
    guard start != nil || end != nil else { return nil }
    let length = mix.durationSeconds
    let (from, to) = (start?.value ?? 0, end?.value ?? length)
    func text(_ seconds: Double) -> String { Quantity.describe(seconds, .seconds) }
    guard to <= length else {
      throw ValidationError(
        "--end \(text(to)) is after the end of the track (\(text(length))); set --duration")
    }
    guard from < to else {
      throw ValidationError("--start \(text(from)) is not before the end (\(text(to)))")
    }
    return from..<to
  }
}
