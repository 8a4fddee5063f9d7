import ArgumentParser
import Foundation
import TingleBatch
import TinglePresets
import TingleSupport

/// The jobs of a batch, each with the command that does it.
struct JobList {
  /// Where the files go.
  let folder: String
  /// In the order in which they were named.
  let jobs: [Job]
  private let lines: [JobLine]

  /// Reads plans, presets and lines of options; nothing is rendered before all of them make sense.
  /// - Throws: `UserError`, with the place in a plan or in the lines.
  init(_ sources: [String], _ axes: BatchAxes, _ listening: ListeningOptions) throws {
    var (variations, lines): ([Variations], [JobLine]) = ([], [])
    var plain = Variations()
    var folder = axes.output
    for source in sources {
      if source == "-" {
        lines += try JobLine.read(InputFile.standardInput(), file: "<stdin>")
      } else if let plan = try Self.plan(source) {
        folder = folder ?? plan.folder
        variations += plan.entries
      } else {
        plain.presets.append(source)
      }
    }
    if !plain.presets.isEmpty { variations.append(plain) }
    // A plan that is none is taken for a preset; what is wrong with it is said first.
    if folder == nil { for name in plain.presets { _ = try PresetContext.cache.preset(name) } }
    guard folder != nil || variations.isEmpty else {
      throw ValidationError("Say where the files go: -o FOLDER.")
    }
    self.folder = folder ?? "."
    lines = lines.map { line in
      var line = line
      line.words = Self.words(line.words, in: folder ?? ".")
      return line
    }
    for k in variations.indices {
      try axes.apply(to: &variations[k], listening)
      lines += try variations[k].lines(in: self.folder, PresetContext.cache)
    }
    var renders = RenderLines()
    jobs = try lines.map { try Self.job($0, &renders) }
    self.lines = lines
    try checkNames()
    guard !jobs.isEmpty else { throw ValidationError("There is nothing to render.") }
  }

  /// The commands that do some of the jobs.
  func lines(of jobs: [Job]) -> [String] {
    let paths = Set(jobs.map(\.path))
    return zip(self.jobs, lines).filter { paths.contains($0.0.path) }.map(\.1.text)
  }

  /// Makes the folders for files that are not there yet.
  func makeFolders(for jobs: [Job]) throws {
    for path in Set(jobs.map { FileSystem.folder(of: $0.path) })
    where folder == "." ? !path.hasPrefix("/") : path == folder || path.hasPrefix(folder + "/") {
      try FileSystem.makeFolder(path)
    }
  }

  private static func plan(_ source: String) throws -> Plan? {
    guard PresetLibrary.isYAML(source),
      let data = try? InputFile.contents(source, maxBytes: mostBytesOfPlan + 1),
      data.count <= mostBytesOfPlan,
      let text = try? TextEncoding.text(data)
    else { return nil }
    return try Plan(text, file: source)
  }

  private static let mostBytesOfPlan = 64 << 20

  /// A line's file lies in the folder, unless it says otherwise.
  private static func words(_ words: [String], in folder: String) -> [String] {
    guard folder != "." else { return words }
    func moved(_ path: String) -> String { path.hasPrefix("/") || path == "-" ? path : "\(folder)/\(path)" }
    var words = words
    for k in words.indices {
      if words[k].hasPrefix("--output=") {
        words[k] = "--output=" + moved(String(words[k].dropFirst(9)))
      } else if k > 0, ["-o", "--output"].contains(words[k - 1]) {
        words[k] = moved(words[k])
      }
    }
    return words
  }

  private static func job(_ line: JobLine, _ renders: inout RenderLines) throws -> Job {
    do {
      let job = try renders.render(line.words).job()
      guard !OutputTarget.isStandardOutput(job.path) else {
        throw ValidationError("A job of a batch writes a file, not a pipe.")
      }
      try job.format.check(sampleRate: job.sampleRate)
      return job
    } catch let error as UserError {
      throw UserError(error.kind, at: error.location ?? line.place, error.message)
    } catch {
      throw UserError(.usage, at: line.place, Failure.parserSentence(inLine: error))
    }
  }

  /// Two jobs must not write the same file.
  private func checkNames() throws {
    var seen: Set<String> = []
    for (job, line) in zip(jobs, lines) where !seen.insert(job.path).inserted {
      throw UserError(
        .usage, at: line.place,
        "two jobs would write '\(job.path)'; tell them apart with {seed}, {duration}, {set} or {format} in the name"
      )
    }
  }
}

/// The jobs as a table, with what they will cost.
struct JobTable {
  private let jobs: [Job]
  private let threads: Int

  init(_ jobs: [Job], threads: Int) {
    self.jobs = jobs
    self.threads = threads
  }

  /// A row for each, and one for all.
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
    return text
      + "\(jobs.count) files, \(Format.clock(length)) of sound, about \(Format.bytes(Int(bytes))), about \(Self.time(seconds / Double(threads))) on \(threads == 1 ? "one core" : "\(threads) cores")\n"
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 9.95 ? String(format: "%.1f s", seconds) : Format.clock(seconds)
  }
}
