import ArgumentParser
import Foundation
import TingleBatch
import TingleFiles
import TinglePresets
import TingleSupport

/// `tingle batch`: many renders in one go.
struct Batch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render many mixes: presets, seeds, lengths and formats in every combination, or a plan.",
    discussion: """
      Run again, it makes what is missing and goes on where it was stopped; files that are there are recognised by their
      tags. What was made is listed in the folder's manifest.json; `tingle batch verify FOLDER` looks it over.
      `tingle batch run --help` lists all options.

      Examples:
        tingle batch relax unwind -o out --seeds 1..10 --duration 1h --format flac,opus
        tingle batch Presets/*.yaml -o out --set master.loudness=-32LUFS --dry-run
        tingle batch plan.yaml --shard 2/8
        printf '%s\\n' 'sleep -o a.wav' 'relax --seed 7 -o b.flac' | tingle batch - -o out

      A word with a slash, or one that ends in .yaml or .yml, is a path; the name of a preset is that preset, even where
      a folder has the same name.

      A plan is YAML; what stands under 'jobs' can say all of it anew:

        presets: [sleep, unwind]
        seeds: 1..10
        durations: [1h, 8h]
        formats: [flac, opus]
        set:
          - {name: low, layers.whisper.voice: low}
          - {name: soft, layers.whisper.voice: soft}
        output: "{preset}-{set}-{duration}-{seed}.{ext}"
        folder: out
        jobs:
          - presets: [bedtime-whisper, fall-asleep]
          - {presets: dark-noise, durations: 8h, set: {}, formats: wav}
      """,
    subcommands: [BatchRun.self, Verify.self], defaultSubcommand: BatchRun.self)
}

/// The renders themselves.
struct BatchRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Render; `run` itself can be left out.",
    discussion: "`tingle batch --help` has examples, and what a plan looks like.")

  @Argument(
    help: ArgumentHelp(
      "Presets (names, paths, folders, patterns), plans, or - for lines of `tingle render` options.",
      valueName: "preset|plan.yaml|-"),
    completion: Choices.presets)
  var sources: [String] = []

  @OptionGroup var axes: BatchAxes
  @OptionGroup var listening: ListeningOptions

  @Option(
    help: "How many jobs are rendered side by side. (default: all cores)",
    transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Only one of several equal shares of the plan, for one of several machines.", valueName: "i/n"),
    transform: ArgumentReading.part("--shard") { Shard($0) })
  var shard: Shard?

  @Flag(help: "Print the jobs, their lengths and sizes, and how long they take; render nothing.")
  var dryRun = false

  @Flag(help: "Print the jobs as commands, one a line, for a shell, make or GNU parallel; render nothing.")
  var lines = false

  @Flag(help: "Print what happens as JSON, an event a line, on stdout.")
  var json = false

  @Flag(help: "When a job fails: go on with the others, or stop.")
  var whenOneFails = WhenOneFails.keepGoing

  @Flag(help: "Make files again that are there already.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but what failed.")
  var quiet = false

  /// What a failure does to the others.
  enum WhenOneFails: EnumerableFlag {
    case keepGoing, failFast
  }

  func validate() throws {
    guard !sources.isEmpty else {
      throw ValidationError("Say what to render: presets, a plan, or - for lines on standard input.")
    }
  }

  func run() throws {
    let interruption = Interruption()
    let threads = self.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // Until something is rendered, nothing is left to tidy up.
    let (list, jobs) = try interruption.endingAtOnce {
      let list = try JobList(sources, axes, listening)
      let jobs = shard?.part(of: list.jobs) ?? list.jobs
      if lines {
        // As bytes: a shell must find the files by their names.
        let text = list.lines(of: jobs).map { $0 + "\n" }.joined()
        try StandardOutput.write(bytes: FileName.bytes(text))
      } else if dryRun {
        try StandardOutput.write(JobTable(jobs, threads: threads).text)
      }
      return (list, jobs)
    }
    if lines || dryRun { return }
    try list.makeFolders(for: jobs)
    if !quiet, try jobs.contains(where: { try $0.misses }) { ListeningOptions.tellOfSphere() }

    var settings = JobScheduler.Settings()
    (settings.threads, settings.overwrite) = (threads, force)
    settings.failsFast = whenOneFails == .failFast
    let manifest = try ManifestFolder(list.folder)
    let board = BatchReporter(jobs, json ? .json : quiet ? .silent : Terminal.isInteractive ? .bars : .lines)
    let crew = JobScheduler(
      jobs, settings, manifest: manifest, isCancelled: { interruption.isRequested }, tell: board.tell)
    board.watch(crew)
    crew.run()
    // The manifest is completed even if standard output was lost.
    let told = Result { try board.end() }
    try manifest.gather()
    try told.get()
    try interruption.check()
    if let code = board.exitCode { throw ExitCode(code) }
  }
}

/// In which ways presets are varied: what stands in a plan, on the command line.
struct BatchAxes: ParsableArguments {
  @Option(name: .shortAndLong, help: "The folder for the files.", completion: .directory)
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
    help: ArgumentHelp("wav, flac, ogg, opus, mp3, or several: flac,opus. (default: wav)"),
    completion: Choices.formats,
    transform: ArgumentReading.choices("--format", FileFormat.Container.self))
  var format: [String]?

  @Option(
    help: ArgumentHelp(
      "What files are called: {preset} {seed} {duration} {set} {format} {ext}.", valueName: "template"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Another value for something in the presets: layers.tap.level=-12dB; repeatable.",
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
    help: "1 (mono) or 2. (default: 2)", completion: Choices.channels,
    transform: ArgumentReading.channels("--channels"))
  var channels: Int?

  @Flag(help: "Leave out the bed.")
  var noBed = false

  @Flag(help: .hidden)
  var dry = false

  func validate() throws {
    if dry { throw ArgumentReading.ParseError.renamed("--dry", in: "render") }
  }

  /// Changes what a plan says, or what nothing says.
  func apply(to variations: inout Variations, _ listening: ListeningOptions) throws {
    if let seeds { variations.seeds = seeds }
    if let duration { variations.durations = duration }
    if let format { variations.formats = format }
    if let name { variations.name = name }
    if !set.isEmpty {
      let values = set.map { ($0.path, $0.value) }
      let before = variations.overrides.isEmpty ? [Variations.Override(values: [])] : variations.overrides
      variations.overrides = before.map { Variations.Override(name: $0.name, values: $0.values + values) }
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
