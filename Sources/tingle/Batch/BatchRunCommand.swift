import ArgumentParser
import Foundation
import TingleBatch
import TingleSupport

/// `tingle batch run`, the default subcommand: renders the files.
struct BatchRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Render the files; the word `run` is optional.",
    discussion: "`tingle batch --help` shows examples and the format of a plan.")

  @Argument(
    help: ArgumentHelp(
      "Presets (names, paths, folders, patterns), plans, or - for lines of `tingle render` options.",
      valueName: "preset|plan.yaml|-"),
    completion: Choices.presets)
  var sources: [String] = []

  @OptionGroup var axes: BatchAxes
  @OptionGroup var listening: ListeningOptions

  @Option(
    help: "Number of threads. (default: all cores)",
    transform: ArgumentReading.whole("--jobs", 1...256))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Share of the plan to render, when several machines divide it.", valueName: "i/n"),
    transform: ArgumentReading.part("--shard") { Shard($0) })
  var shard: Shard?

  @Flag(help: "Print each file's length, size and rendering time; render nothing.")
  var dryRun = false

  @Flag(help: "Print the jobs as commands, one per line, for a shell, make or GNU parallel; render nothing.")
  var lines = false

  @Flag(help: "Print events as JSON on standard output, one per line.")
  var json = false

  @Flag(help: "Whether a failed job stops the others.")
  var failurePolicy = FailurePolicy.keepGoing

  @Flag(help: "Overwrite existing files.")
  var force = false

  @Flag(name: .shortAndLong, help: "Print only failures.")
  var quiet = false

  /// The effect of a failed job on the others.
  enum FailurePolicy: EnumerableFlag {
    case keepGoing, failFast
  }

  func validate() throws {
    guard !sources.isEmpty else {
      throw ValidationError("name what to render: presets, a plan, or - for lines on standard input")
    }
  }

  func run() throws {
    let interruption = Interruption()
    let threads = self.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // A signal can end the program at once here: nothing is rendered yet, so there is nothing to clean up.
    let (list, jobs) = try interruption.endingAtOnce {
      let list = try JobList(sources, axes, listening)
      let jobs = shard?.part(of: list.jobs) ?? list.jobs
      if lines {
        // As bytes: file names need not be UTF-8.
        let text = list.lines(of: jobs).map { $0 + "\n" }.joined()
        try StandardOutput.write(bytes: FileName.bytes(text))
      } else if dryRun {
        try StandardOutput.write(JobTable(jobs, threads: threads).text)
      }
      return (list, jobs)
    }
    if lines || dryRun { return }
    try list.makeFolders(for: jobs)
    if !quiet, try jobs.contains(where: { try $0.lacksHRTF }) { ListeningOptions.reportMissingHRTF() }

    var settings = JobScheduler.Settings()
    (settings.threads, settings.overwrite) = (threads, force)
    settings.failsFast = failurePolicy == .failFast
    let manifest = try ManifestFolder(list.folder)
    let reporter = BatchReporter(
      jobs, json ? .json : quiet ? .silent : Terminal.isInteractive ? .bars : .lines)
    let scheduler = JobScheduler(
      jobs, settings, manifest: manifest, isCancelled: { interruption.isRequested },
      report: reporter.report)
    reporter.showBars(of: scheduler)
    scheduler.run()
    // The manifest is completed even if standard output was lost.
    let output = Result { try reporter.finish() }
    try manifest.mergeJournals()
    try output.get()
    try interruption.check()
    if let code = reporter.exitCode { throw ExitCode(code) }
  }
}
