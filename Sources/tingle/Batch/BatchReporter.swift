import Foundation
import Synchronization
import TingleBatch
import TinglePresets
import TingleSupport

/// Reports the progress of a batch: bars on a terminal, lines elsewhere, or JSON events for scripts.
///
/// `@unchecked Sendable`: the tally is behind a mutex; `timer` is only used by the thread that runs the
/// batch.
final class BatchReporter: @unchecked Sendable {
  /// The form of the report.
  enum Style {
    case bars, lines, json, silent
  }

  private struct Tally {
    var rendered = 0
    var skipped = 0
    var locked = 0
    var stopped = 0
    var failed: [(path: String, reason: String)] = []
    var doneSeconds = 0.0
    var shownLines = 0
    /// The first error of writing to standard output.
    var outputError: (any Error)?

    var ended: Int { rendered + skipped + locked + stopped + failed.count }
  }

  private let jobs: [Job]
  private let style: Style
  private let startTime = Date()
  private let totalSeconds: Double
  private let tally = Mutex(Tally())
  private var timer: (any DispatchSourceTimer)?
  private static let maximumBars = 8

  init(_ jobs: [Job], _ style: Style) {
    self.jobs = jobs
    self.style = style
    totalSeconds = jobs.reduce(0) { $0 + $1.durationSeconds }
  }

  /// Draws progress bars until `finish()`, five times a second; does nothing in other styles.
  func showBars(of scheduler: JobScheduler) {
    guard style == .bars else { return }
    let queue = DispatchQueue(label: "batch-reporter", qos: .userInitiated)
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + 0.1, repeating: 0.2)
    timer.setEventHandler { [weak self] in self?.draw(scheduler.running) }
    timer.resume()
    self.timer = timer
  }

  /// Reports the event of a job; callable on any thread.
  func report(_ index: Int, _ event: JobScheduler.Event) {
    let job = jobs[index]
    tally.withLock { tally in
      switch event {
      case .started: break
      case .rendered: tally.rendered += 1
      case .skipped: tally.skipped += 1
      case .locked: tally.locked += 1
      case .stopped: tally.stopped += 1
      case .failed(let error): tally.failed.append((job.path, Failure.sentence(for: error)))
      }
      if case .started = event {} else { tally.doneSeconds += job.durationSeconds }
      switch style {
      case .json: Self.put(Self.json(job, event), &tally)
      case .lines: if let line = Self.line(job, event) { Terminal.say(line) }
      case .bars:
        if case .failed = event, let line = Self.line(job, event) {
          erase(&tally)
          Terminal.say(line)
        }
      case .silent: break
      }
    }
  }

  /// Prints the summary.
  /// - Throws: `UserError` (inputOutput) if writing an event to standard output failed, except to a closed
  ///   pipe.
  func finish() throws {
    timer?.cancel()
    summarize()
    if let error = tally.withLock({ $0.outputError }), !(error is BrokenPipe) { throw error }
  }

  private func summarize() {
    tally.withLock { tally in
      erase(&tally)
      let seconds = Date().timeIntervalSince(startTime)
      if style == .json {
        Self.put(
          Self.object([
            ("event", "end"), ("rendered", tally.rendered), ("skipped", tally.skipped),
            ("locked", tally.locked), ("stopped", tally.stopped), ("failed", tally.failed.count),
            ("seconds", (seconds * 1000).rounded() / 1000),
          ]), &tally)
      }
      var parts: [String] = []
      if tally.rendered > 0 { parts.append("\(tally.rendered) rendered") }
      if tally.skipped > 0 { parts.append("\(tally.skipped) skipped (up to date)") }
      if tally.locked > 0 { parts.append("\(tally.locked) locked by another process") }
      if tally.stopped > 0 { parts.append("\(tally.stopped) interrupted") }
      if !tally.failed.isEmpty { parts.append("\(tally.failed.count) failed") }
      let pending = jobs.count - tally.ended
      if pending > 0 { parts.append("\(pending) not started") }
      if style == .bars || style == .lines {
        Terminal.say(
          "\(jobs.count) files: \(parts.joined(separator: ", ")), in \(Format.clock(seconds))"
            + (pending + tally.stopped > 0 ? "; run the same command again to resume" : ""))
      }
      guard !tally.failed.isEmpty else { return }
      Terminal.say("tingle: \(tally.failed.count) of \(jobs.count) files failed:")
      for (path, reason) in tally.failed.sorted(by: { $0.path < $1.path }) {
        Terminal.say("  \(path): \(reason)")
      }
    }
  }

  /// 1 if a job failed, EX_TEMPFAIL if a file was locked, nil for success.
  var exitCode: Int32? {
    tally.withLock { $0.failed.isEmpty ? $0.locked > 0 ? EX_TEMPFAIL : nil : 1 }
  }

  /// Writes an event to standard output. If that fails, rendering continues and later events are dropped.
  private static func put(_ line: String, _ tally: inout Tally) {
    guard tally.outputError == nil else { return }
    do { try StandardOutput.write(line + "\n") } catch { tally.outputError = error }
  }

  private func draw(_ running: [(index: Int, doneSeconds: Double)]) {
    tally.withLock { tally in
      erase(&tally)
      var rows = running.prefix(Self.maximumBars).map { run in
        let job = jobs[run.index]
        return "\(Self.bar(run.doneSeconds / job.durationSeconds, width: 20))  \(job.path)"
      }
      if running.count > rows.count { rows.append("... and \(running.count - rows.count) more") }
      let done = tally.doneSeconds + running.reduce(0) { $0 + $1.doneSeconds }
      let share = done / max(1, totalSeconds)
      let elapsed = Date().timeIntervalSince(startTime)
      let left = share > 0.01 ? "  \(Format.clock(elapsed * (1 / share - 1))) left" : ""
      let failed = tally.failed.isEmpty ? "" : ", \(tally.failed.count) failed"
      rows.append("\(Self.bar(share, width: 20))  \(tally.ended) of \(jobs.count) files\(failed)\(left)")
      tally.shownLines = rows.count
      let width = Terminal.width
      Terminal.put(rows.map { DisplayText.fitted($0, to: width - 1) + "\n" }.joined())
    }
  }

  /// Erases the bars.
  private func erase(_ tally: inout Tally) {
    guard tally.shownLines > 0 else { return }
    // A terminal that echoes ^C has moved the cursor two columns to the right.
    Terminal.put("\r\u{1B}[\(tally.shownLines)A\u{1B}[J")
    tally.shownLines = 0
  }

  private static func bar(_ share: Double, width: Int) -> String {
    let share = max(0, min(1, share))
    let filled = Int((share * Double(width)).rounded())
    let percent = String(format: "%3.0f %%", 100 * share)
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
      + "] \(percent)"
  }

  private static func line(_ job: Job, _ event: JobScheduler.Event) -> String? {
    switch event {
    case .started: nil
    case .rendered(let rendered):
      "\(job.path): length \(Format.clock(job.durationSeconds))"
        + (rendered.resumedSeconds > 0 ? " (resumed at \(Format.clock(rendered.resumedSeconds)))" : "")
        + (rendered.loudness.map {
          ", \(Format.level($0.integratedLUFS)) LUFS, true peak \(Format.level($0.truePeakDB)) dBTP"
        } ?? "")
    case .skipped(nil): "\(job.path): skipped, up to date"
    case .skipped(let version?):
      "\(job.path): skipped, rendered by version \(version); --force renders it again"
    case .locked: "\(job.path): locked by another process"
    case .stopped: "\(job.path): interrupted"
    case .failed(let error): "tingle: \(job.path): \(Failure.sentence(for: error))"
    }
  }

  private static func json(_ job: Job, _ event: JobScheduler.Event) -> String {
    switch event {
    case .started: return object([("event", "started"), ("file", job.path)])
    case .rendered(let rendered):
      let loudness = rendered.loudness
      return object([
        ("event", "rendered"), ("file", job.path), ("durationSeconds", job.durationSeconds),
        ("resumedSeconds", rendered.resumedSeconds),
        ("loudnessLUFS", loudness?.integratedLUFS.roundedToTenths),
        ("truePeakDBTP", loudness?.truePeakDB.roundedToTenths),
      ])
    case .skipped(let version):
      return object([("event", "skipped"), ("file", job.path), ("version", version)])
    case .locked: return object([("event", "locked"), ("file", job.path)])
    case .stopped: return object([("event", "stopped"), ("file", job.path)])
    case .failed(let error):
      return object([("event", "failed"), ("file", job.path), ("reason", Failure.sentence(for: error))])
    }
  }

  /// A JSON object with its keys in the given order; nil values are left out.
  private static func object(_ pairs: [(String, Any?)]) -> String {
    let fields = pairs.compactMap { key, value -> String? in
      guard let value,
        let data = try? JSONSerialization.data(
          withJSONObject: value, options: [.fragmentsAllowed, .withoutEscapingSlashes])
      else { return nil }
      return "\"\(key)\":\(DisplayText.json(String(decoding: data, as: UTF8.self)))"
    }
    return "{\(fields.joined(separator: ","))}"
  }
}

extension Double {
  /// The value rounded to tenths; nil if it is not finite.
  fileprivate var roundedToTenths: Double? { isFinite ? (self * 10).rounded() / 10 : nil }
}
