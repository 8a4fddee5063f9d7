import ArgumentParser
import Foundation
import TingleBatch
import TingleChart
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets
import TingleSupport

/// `tingle check`: is a track what somebody can fall asleep to?
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a sound file or a preset against what is good for the night, or for the day.",
    discussion: """
      Says what was measured, what is wanted, and whether it is so; exits with 1 if something is not.

      Examples:
        tingle check sleep
        tingle check sleep.wav --for sleep --chart sleep.png
        tingle check unwind --duration 10m --json
      """)

  @Argument(
    help: ArgumentHelp(
      "A sound file, or a preset's name or path.",
      discussion: "A preset's name is that preset, even where a file is called so; './sleep' is the file."),
    completion: Choices.presetsAndFiles)
  var track: String

  @Option(
    name: .customLong("for"),
    help:
      "What it is for: sleep or awake. (default: the purpose of the preset, or of the one it was made of; awake)",
    completion: .list(Purpose.allCases.map(\.rawValue)), transform: ArgumentReading.choice("--for")
  )
  var purpose: Purpose?

  @Option(
    help: ArgumentHelp("How much of a preset is measured. (default: all of it)", valueName: "time"),
    transform: ArgumentReading.seconds("--duration"))
  var duration: Seconds?

  @Option(
    help: ArgumentHelp(
      "Draw the track as well: envelope, loudness with its bounds, spectrogram.", valueName: "file.png|.svg"),
    completion: .file(extensions: ["png", "svg"]))
  var chart: String?

  @Flag(help: "Replace the file that --chart names, if it exists.")
  var force = false

  @Flag(help: "Print the figures as JSON.")
  var json = false

  @OptionGroup var listening: ListeningOptions

  func validate() throws {
    if let duration, !(1...604_800 ~= duration.value) {
      throw ValidationError("--duration goes from 1s to 7 days (168h).")
    }
    if let chart, Chart.Format(path: chart) == nil {
      throw ValidationError("--chart draws .png or .svg; '\(chart)' ends in neither.")
    }
  }

  func run() throws {
    let interruption = Interruption()
    // A chart that cannot be is refused before a long track is listened to.
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
        "'\(track)' is a sound file, and is measured as it is; --duration, --room, --hrtf and --speakers are for presets."
      )
    }
    let (check, purpose) = try interruption.endingAtOnce(after: { drawing?.abandon() }) {
      try isSound ? heardFile() : heardPreset()
    }
    let targets = purpose.targets
    let figures = check.metrics
    let absence = figures[.integrated] == -.infinity ? "silent" : "too short"
    let rows = check.applicableMetrics.map { figure in
      Row(figure: figure, value: figures[figure], absence: absence, range: targets.ranges[figure])
    }
    if let drawing, let overview = check.overview {
      let failed = rows.filter { $0.passes == false }.map(\.figure.title)
      let verdict = failed.isEmpty ? "all figures pass" : "fails: \(failed.joined(separator: ", "))"
      try Chart(title: track, verdict: verdict, overview: overview, metrics: figures, targets: targets)
        .draw(to: drawing)
    }
    try StandardOutput.print(
      json ? Self.json(rows) : "measured for: \(purpose.rawValue)\n" + Self.table(rows))
    guard check.seconds >= SoundCheck.shortestSeconds else {
      let milliseconds = Int((1000 * check.seconds).rounded())
      throw UserError(
        .data, "'\(track)' is too short to measure: \(milliseconds) ms, and loudness takes 400 ms at least")
    }
    if rows.contains(where: { $0.passes == false }) { throw ExitCode(1) }
  }

  private typealias Heard = (check: SoundCheck, purpose: Purpose)

  /// What a file was made for, as its tags tell.
  private var purposeOfFile: Purpose? {
    guard let provenance = FileTags(ofFile: track).flatMap({ Provenance($0) }) else { return nil }
    if let purpose = provenance.purpose { return purpose }
    // Files of version 0.1.0 tell only the preset's name.
    guard PresetContext.library.contains(name: provenance.presetName) else { return nil }
    return try? PresetContext.library.preset(provenance.presetName).purpose
  }

  private func heardFile() throws -> Heard {
    let file = try SoundFileReader(track)
    // A pipe is read only once.
    let purpose = self.purpose ?? (file.isPipe ? nil : purposeOfFile) ?? .awake
    var progress = Progress(totalSeconds: file.frames.map { Double($0) / file.sampleRate }, quiet: json)
    let check = try SoundCheck.of(
      file, named: track, floorDB: purpose.targets.floorDB, makesOverview: chart != nil
    ) { frames in progress.show(Double(frames) / file.sampleRate) }
    progress.clear()
    if let end = file.truncation { Terminal.say("tingle: '\(track)' \(end)") }
    return (check, purpose)
  }

  private func heardPreset() throws -> Heard {
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
        let part = UnsafeBufferPointer(frames.extracting(start..<min(frames.count, start + 1 << 16)))
        check.add(part)
        done += part.count
        progress.show(Double(done) / 48000)
      }
    }
    progress.clear()
    return (check, purpose)
  }

  /// A figure, what it is and what it ought to be.
  private struct Row {
    let figure: CheckMetric
    /// Minus infinity for the level of silence; nil where it could not be measured.
    let value: Double?
    /// Why it could not.
    let absence: String
    let range: ClosedRange<Double>?

    /// Whether it is what it ought to be, to the tenth that is shown; nil where nothing is said of that.
    var passes: Bool? {
      guard let value, let range else { return nil }
      return range.contains((value * 10).rounded() / 10)
    }

    /// What stands in the place of a number.
    var note: String? { value == nil ? absence : value == -.infinity ? "silent" : nil }

    var wanted: String {
      guard let range else { return "" }
      func text(_ x: Double) -> String { Quantity.describe(x, .none) }
      if range.upperBound == .infinity { return "at least \(text(range.lowerBound))" }
      if range.lowerBound == -.infinity || (range.lowerBound == 0 && figure != .correlation) {
        return "at most \(text(range.upperBound))"
      }
      return "\(text(range.lowerBound)) to \(text(range.upperBound))"
    }

    var verdict: String { passes.map { $0 ? "pass" : "FAIL" } ?? "" }
  }

  private static func table(_ rows: [Row]) -> String {
    let width = rows.map { DisplayText.columns(of: $0.figure.title) }.max() ?? 0
    return rows.map { row in
      let decimals =
        row.figure == .correlation || row.figure == .silence ? 2 : row.figure == .centroid ? 0 : 1
      let number = String(format: "%.\(decimals)f", row.value ?? 0)
      let text =
        row.note ?? (Double(number) == 0 && number.hasPrefix("-") ? String(number.dropFirst()) : number)
      let value = String(repeating: " ", count: max(0, 9 - text.count)) + text
      let unit = DisplayText.padded(row.note == nil ? row.figure.unit : "", to: 5)
      let wanted = DisplayText.padded(row.wanted, to: 14)
      let title = DisplayText.padded(row.figure.title, to: width)
      return "\(title) \(value) \(unit) \(wanted) \(row.verdict)".trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }

  /// One object to a figure, for other programs.
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
        figure: row.figure.rawValue, title: row.figure.title, unit: row.figure.unit,
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
