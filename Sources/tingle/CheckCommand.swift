import ArgumentParser
import Foundation
import TingleBatch
import TingleChart
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle check`: measures a sound file or a preset against target ranges.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Measure a sound file or a preset against the targets for sleep or for waking hours.",
    discussion: """
      Prints each measurement with its target range and verdict. Exits with status 1 if any is out of range.

      Examples:
        tingle check sleep
        tingle check sleep.wav --for sleep --chart sleep.png
        tingle check unwind --duration 10m --json
      """)

  @Argument(
    help: ArgumentHelp(
      "Sound file, preset name, or path of a preset.",
      discussion: "A preset name takes precedence over a file of the same name; './sleep' is the file."),
    completion: Choices.presetsAndFiles)
  var track: String

  @Option(
    name: .customLong("for"),
    help: "Intended use: sleep or awake. (default: from the preset or the file's tags, else awake)",
    completion: .list(Purpose.allCases.map(\.rawValue)), transform: ArgumentReading.choice("--for")
  )
  var purpose: Purpose?

  @Option(
    help: ArgumentHelp("Length of a preset's track. (default: the preset's)", valueName: "time"),
    transform: ArgumentReading.seconds("--duration"))
  var duration: Seconds?

  @Option(
    help: ArgumentHelp(
      "Chart to draw: envelope, loudness with its target range, spectrogram.", valueName: "file.png|.svg"),
    completion: .file(extensions: ["png", "svg"]))
  var chart: String?

  @Flag(help: "Overwrite an existing chart.")
  var force = false

  @Flag(help: "Print the measurements as JSON.")
  var json = false

  @OptionGroup var listening: ListeningOptions

  func validate() throws {
    if let duration, !(1...604_800 ~= duration.value) {
      throw ValidationError("--duration must be from 1s to 168h (7 days)")
    }
    if let chart, Chart.Format(path: chart) == nil {
      throw ValidationError("--chart: '\(chart)' has no known extension; write .png or .svg")
    }
  }

  func run() throws {
    let interruption = Interruption()
    // A chart that cannot be written is rejected before a long measurement.
    let drawing = try chart.map {
      try AtomicFile(
        path: $0, overwrite: force, isCancelled: { interruption.isRequested })
    }
    defer { drawing?.abandon() }
    let isSound =
      track == "-"
      ? try interruption.endingAtOnce { ByteSource.standardInputIsBinary } : PresetContext.isSoundFile(track)
    guard !isSound || duration == nil && listening.recipe.isEmpty else {
      throw ValidationError(
        "'\(track)' is a sound file; --duration, --room, --hrtf and --speakers apply to presets only")
    }
    let (check, purpose) = try interruption.endingAtOnce(after: { drawing?.abandon() }) {
      try isSound ? measureFile() : measurePreset()
    }
    let targets = purpose.targets
    let metrics = check.metrics
    let absence = metrics[.integrated] == -.infinity ? "silent" : "too short"
    let rows = check.applicableMetrics.map { metric in
      Row(metric: metric, value: metrics[metric], absence: absence, range: targets.ranges[metric])
    }
    if let drawing, let overview = check.overview {
      let failed = rows.filter { $0.passes == false }.map(\.metric.title)
      let verdict = failed.isEmpty ? "pass" : "fail: \(failed.joined(separator: ", "))"
      try Chart(title: track, verdict: verdict, overview: overview, metrics: metrics, targets: targets)
        .draw(to: drawing)
    }
    try StandardOutput.print(
      json ? Self.json(rows) : "measured for: \(purpose.rawValue)\n" + Self.table(rows))
    guard check.seconds >= SoundCheck.shortestSeconds else {
      let milliseconds = Int((1000 * check.seconds).rounded())
      throw UserError(
        .data, "'\(track)' is too short: \(milliseconds) ms; measuring loudness needs at least 400 ms")
    }
    if rows.contains(where: { $0.passes == false }) { throw ExitCode(1) }
  }

  private typealias CheckedTrack = (check: SoundCheck, purpose: Purpose)

  /// The intended use of a file according to its tags; nil if unknown.
  private var purposeOfFile: Purpose? {
    guard let provenance = FileTags(ofFile: track).flatMap({ Provenance($0) }) else { return nil }
    if let purpose = provenance.purpose { return purpose }
    // The tags of version 0.1.0 name only the preset.
    guard PresetContext.library.contains(name: provenance.presetName) else { return nil }
    return try? PresetContext.library.preset(provenance.presetName).purpose
  }

  private func measureFile() throws -> CheckedTrack {
    let file = try SoundFileReader(track)
    // The tags of a pipe cannot be read: it can be read only once.
    let purpose = self.purpose ?? (file.isPipe ? nil : purposeOfFile) ?? .awake
    var progress = Progress(totalSeconds: file.frames.map { Double($0) / file.sampleRate }, quiet: json)
    let check = try SoundCheck.of(
      file, named: track, floorDB: purpose.targets.floorDB, makesOverview: chart != nil
    ) { frames in progress.show(Double(frames) / file.sampleRate) }
    progress.clear()
    if let end = file.truncation { Terminal.say("tingle: '\(track)' \(end)") }
    return (check, purpose)
  }

  private func measurePreset() throws -> CheckedTrack {
    var preset = try PresetContext.library.preset(track)
    if let duration { preset.mix.durationSeconds = duration.value }
    try listening.apply(to: &preset.mix, quiet: true)
    let purpose = self.purpose ?? preset.purpose
    let timeline = Timeline(
      preset.mix, sampleRate: 48000, jobs: ProcessInfo.processInfo.activeProcessorCount)
    let check = SoundCheck(
      sampleRate: 48000, floorDB: purpose.targets.floorDB, makesOverview: chart != nil)
    var progress = Progress(totalSeconds: preset.mix.durationSeconds, quiet: json)
    var done = 0
    try timeline.render(isCancelled: { false }) { frames in
      for start in stride(from: 0, to: frames.count, by: 1 << 16) {
        let chunk = UnsafeBufferPointer(frames.extracting(start..<min(frames.count, start + 1 << 16)))
        check.add(chunk)
        done += chunk.count
        progress.show(Double(done) / 48000)
      }
    }
    progress.clear()
    return (check, purpose)
  }

  /// A measurement and its target range.
  private struct Row {
    let metric: CheckMetric
    /// The value; minus infinity for the level of silence, nil if it could not be measured.
    let value: Double?
    /// Why the value could not be measured.
    let absence: String
    let range: ClosedRange<Double>?

    /// Whether the value, rounded to tenths, is in the target range; nil without a value or a range.
    var passes: Bool? {
      guard let value, let range else { return nil }
      return range.contains((value * 10).rounded() / 10)
    }

    /// The word that replaces the number.
    var note: String? { value == nil ? absence : value == -.infinity ? "silent" : nil }

    var wanted: String {
      guard let range else { return "" }
      func text(_ x: Double) -> String { Quantity.describe(x, .none) }
      if range.upperBound == .infinity { return "at least \(text(range.lowerBound))" }
      if range.lowerBound == -.infinity || (range.lowerBound == 0 && metric != .correlation) {
        return "at most \(text(range.upperBound))"
      }
      return "\(text(range.lowerBound)) to \(text(range.upperBound))"
    }

    var verdict: String { passes.map { $0 ? "pass" : "FAIL" } ?? "" }
  }

  private static func table(_ rows: [Row]) -> String {
    let width = rows.map { DisplayText.columns(of: $0.metric.title) }.max() ?? 0
    return rows.map { row in
      let decimals =
        row.metric == .correlation || row.metric == .silence ? 2 : row.metric == .centroid ? 0 : 1
      let number = String(format: "%.\(decimals)f", row.value ?? 0)
      let text =
        row.note ?? (Double(number) == 0 && number.hasPrefix("-") ? String(number.dropFirst()) : number)
      let value = String(repeating: " ", count: max(0, 9 - text.count)) + text
      let unit = DisplayText.padded(row.note == nil ? row.metric.unit : "", to: 5)
      let wanted = DisplayText.padded(row.wanted, to: 14)
      let title = DisplayText.padded(row.metric.title, to: width)
      return "\(title) \(value) \(unit) \(wanted) \(row.verdict)".trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }

  /// The JSON object of a measurement.
  private struct Entry: Encodable {
    let figure: String
    let title: String
    let unit: String
    let value: Double?
    let note: String?
    let atLeast: Double?
    let atMost: Double?
    let pass: Bool?
  }

  private static func json(_ rows: [Row]) throws -> String {
    let entries = rows.map { row in
      Entry(
        figure: row.metric.rawValue, title: row.metric.title, unit: row.metric.unit,
        value: row.note == nil ? row.value.map { ($0 * 1000).rounded() / 1000 } : nil, note: row.note,
        atLeast: row.range.flatMap { $0.lowerBound.isFinite ? $0.lowerBound : nil },
        atMost: row.range.flatMap { $0.upperBound.isFinite ? $0.upperBound : nil },
        pass: row.passes)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(entries), as: UTF8.self)
  }
}
