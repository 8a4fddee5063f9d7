import Foundation
import Synchronization
import TingleBatch
import TinglePresets
import TingleSupport

/// Tells how a batch is going: bars on a terminal, lines elsewhere, or events for scripts.
final class BatchReporter: @unchecked Sendable {
  /// How it is told.
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
    /// Why events on standard output were lost.
    var lost: (any Error)?

    var ended: Int { rendered + skipped + locked + stopped + failed.count }
  }

  private let jobs: [Job]
  private let style: Style
  private let began = Date()
  private let totalSeconds: Double
  private let tally = Mutex(Tally())
  private var timer: (any DispatchSourceTimer)?
  private static let mostBars = 8

  init(_ jobs: [Job], _ style: Style) {
    self.jobs = jobs
    self.style = style
    totalSeconds = jobs.reduce(0) { $0 + $1.durationSeconds }
  }

  /// Begins to draw what a crew does.
  func watch(_ crew: JobScheduler) {
    guard style == .bars else { return }
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "board", qos: .userInitiated))
    timer.schedule(deadline: .now() + 0.1, repeating: 0.2)
    timer.setEventHandler { [weak self] in self?.draw(crew.running) }
    timer.resume()
    self.timer = timer
  }

  /// Something happened to a job.
  func tell(_ number: Int, _ event: JobScheduler.Event) {
    let job = jobs[number]
    tally.withLock { tally in
      switch event {
      case .began: break
      case .rendered: tally.rendered += 1
      case .skipped: tally.skipped += 1
      case .locked: tally.locked += 1
      case .stopped: tally.stopped += 1
      case .failed(let error): tally.failed.append((job.path, Failure.sentence(for: error)))
      }
      if case .began = event {} else { tally.doneSeconds += job.durationSeconds }
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

  /// Says how it went.
  /// - Throws: `UserError` (inputOutput) if events on standard output were lost. A reader that has gone has not lost any.
  func end() throws {
    timer?.cancel()
    summarize()
    if let lost = tally.withLock({ $0.lost }), !(lost is BrokenPipe) { throw lost }
  }

  private func summarize() {
    tally.withLock { tally in
      erase(&tally)
      let seconds = Date().timeIntervalSince(began)
      if style == .json {
        Self.put(
          Self.object([
            ("event", "end"), ("made", tally.rendered), ("found", tally.skipped), ("busy", tally.locked),
            ("stopped", tally.stopped), ("failed", tally.failed.count),
            ("seconds", (seconds * 1000).rounded() / 1000),
          ]), &tally)
      }
      var parts: [String] = []
      if tally.rendered > 0 { parts.append("\(tally.rendered) made") }
      if tally.skipped > 0 { parts.append("\(tally.skipped) there already") }
      if tally.locked > 0 { parts.append("\(tally.locked) left to another program that is at it") }
      if tally.stopped > 0 { parts.append("\(tally.stopped) stopped half done") }
      if !tally.failed.isEmpty { parts.append("\(tally.failed.count) failed") }
      let untouched = jobs.count - tally.ended
      if untouched > 0 { parts.append("\(untouched) not begun") }
      if style == .bars || style == .lines {
        Terminal.say(
          "\(jobs.count) files: \(parts.joined(separator: ", ")), in \(Format.clock(seconds))"
            + (untouched + tally.stopped > 0 ? "; the same command goes on from here" : ""))
      }
      guard !tally.failed.isEmpty else { return }
      Terminal.say("tingle: \(tally.failed.count) of \(jobs.count) files could not be made:")
      for (path, reason) in tally.failed.sorted(by: { $0.path < $1.path }) {
        Terminal.say("  \(path): \(reason)")
      }
    }
  }

  /// 1 if something failed, EX_TEMPFAIL if something is another's; nil if all is there.
  var exitCode: Int32? {
    tally.withLock { $0.failed.isEmpty ? $0.locked > 0 ? EX_TEMPFAIL : nil : 1 }
  }

  /// Writes an event to standard output. Rendering continues if that fails: the files are what was asked for.
  private static func put(_ line: String, _ tally: inout Tally) {
    guard tally.lost == nil else { return }
    do { try StandardOutput.write(line + "\n") } catch { tally.lost = error }
  }

  private func draw(_ running: [(number: Int, doneSeconds: Double)]) {
    tally.withLock { tally in
      erase(&tally)
      var rows = running.prefix(Self.mostBars).map { run in
        let job = jobs[run.number]
        return "\(Self.bar(run.doneSeconds / job.durationSeconds, width: 20))  \(job.path)"
      }
      if running.count > rows.count { rows.append("... and \(running.count - rows.count) more") }
      let done = tally.doneSeconds + running.reduce(0) { $0 + $1.doneSeconds }
      let share = done / max(1, totalSeconds)
      let elapsed = Date().timeIntervalSince(began)
      let left = share > 0.01 ? "  \(Format.clock(elapsed * (1 / share - 1))) left" : ""
      let failed = tally.failed.isEmpty ? "" : ", \(tally.failed.count) failed"
      rows.append("\(Self.bar(share, width: 20))  \(tally.ended) of \(jobs.count) files\(failed)\(left)")
      tally.shownLines = rows.count
      let width = Terminal.width
      Terminal.put(rows.map { DisplayText.fitted($0, to: width - 1) + "\n" }.joined())
    }
  }

  /// Takes the bars away.
  private func erase(_ tally: inout Tally) {
    guard tally.shownLines > 0 else { return }
    // From the line's beginning: a terminal that shows ^C has gone two places on.
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
    case .began: nil
    case .rendered(let made):
      "\(job.path): \(Format.clock(job.durationSeconds)) long"
        + (made.keptSeconds > 0 ? ", of which \(Format.clock(made.keptSeconds)) were there" : "")
        + (made.reading.map {
          ", \(Format.level($0.integratedLUFS)) LUFS, true peak \(Format.level($0.truePeakDB)) dBTP"
        } ?? "")
    case .skipped(nil): "\(job.path): is there already"
    case .skipped(let version?):
      "\(job.path): is there already, made by version \(version); --force makes it again"
    case .locked: "\(job.path): another program is at it"
    case .stopped: "\(job.path): stopped"
    case .failed(let error): "tingle: \(job.path): \(Failure.sentence(for: error))"
    }
  }

  private static func json(_ job: Job, _ event: JobScheduler.Event) -> String {
    switch event {
    case .began: return object([("event", "began"), ("file", job.path)])
    case .rendered(let made):
      let reading = made.reading
      return object([
        ("event", "made"), ("file", job.path), ("durationSeconds", job.durationSeconds),
        ("keptSeconds", made.keptSeconds), ("loudnessLUFS", reading?.integratedLUFS.rounded(to: 10)),
        ("truePeakDBTP", reading?.truePeakDB.rounded(to: 10)),
      ])
    case .skipped(let version):
      return object([("event", "found"), ("file", job.path), ("version", version)])
    case .locked: return object([("event", "busy"), ("file", job.path)])
    case .stopped: return object([("event", "stopped"), ("file", job.path)])
    case .failed(let error):
      return object([("event", "failed"), ("file", job.path), ("reason", Failure.sentence(for: error))])
    }
  }

  /// In the order in which it is given: `event` first.
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
  /// To so many parts of one; nil for what is no number.
  fileprivate func rounded(to parts: Double) -> Double? { isFinite ? (self * parts).rounded() / parts : nil }
}
