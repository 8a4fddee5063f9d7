import Foundation
import TingleBatch
import TinglePresets
import TingleSupport

/// The table of `tingle batch --dry-run`: each file with its length, size and rendering time.
struct JobTable {
  private let jobs: [Job]
  private let threads: Int

  init(_ jobs: [Job], threads: Int) {
    self.jobs = jobs
    self.threads = threads
  }

  /// One row per file, and the totals.
  var text: String {
    var text = ""
    let width = jobs.map { DisplayText.columns(of: FileName.printable($0.path)) }.max() ?? 0
    func row(_ name: String, _ length: String, _ size: String, _ time: String) {
      func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
      }
      text +=
        DisplayText.padded(name, to: width) + right(length, 11) + right(size, 11) + right(time, 12) + "\n"
    }
    row("file", "length", "size", "core time")
    var (length, bytes, seconds) = (0.0, 0.0, 0.0)
    for job in jobs {
      let cost = Cost(job)
      row(
        FileName.printable(job.path), Format.clock(job.durationSeconds), Format.bytes(Int(cost.bytes)),
        Self.time(cost.nanoseconds / 1e9))
      length += job.durationSeconds
      bytes += cost.bytes
      seconds += cost.nanoseconds / 1e9
    }
    let time = Self.time(seconds / Double(threads))
    let cores = threads == 1 ? "one core" : "\(threads) cores"
    return text
      + "\(jobs.count) files, \(Format.clock(length)) of sound, about \(Format.bytes(Int(bytes))), "
      + "about \(time) on \(cores)\n"
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 9.95 ? String(format: "%.1f s", seconds) : Format.clock(seconds)
  }
}
