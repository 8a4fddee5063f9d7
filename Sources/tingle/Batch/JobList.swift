import ArgumentParser
import Foundation
import TingleBatch
import TinglePresets
import TingleSupport

/// The jobs of a batch, each with its command line.
struct JobList {
  /// The output folder.
  let folder: String
  /// The jobs, in the order of the sources.
  let jobs: [Job]
  private let lines: [JobLine]

  /// Reads and validates all plans, presets and lines of options.
  /// - Throws: `UserError` with the location in a plan or in the lines.
  init(_ sources: [String], _ axes: BatchAxes, _ listening: ListeningOptions) throws {
    var (variations, lines): ([Variations], [JobLine]) = ([], [])
    var named = Variations()
    var folder = axes.output
    for source in sources {
      if source == "-" {
        lines += try JobLine.read(InputFile.standardInput(), file: "<stdin>")
      } else if let plan = try Self.plan(source) {
        folder = folder ?? plan.folder
        variations += plan.entries
      } else {
        named.presets.append(source)
      }
    }
    if !named.presets.isEmpty { variations.append(named) }
    // A YAML file that is not a plan is read as a preset; errors in it are reported before a missing folder.
    if folder == nil { for name in named.presets { _ = try PresetContext.cache.preset(name) } }
    guard folder != nil || variations.isEmpty else {
      throw ValidationError("name the output folder with -o")
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
    var parser = RenderLineParser()
    jobs = try lines.map { try Self.job($0, &parser) }
    self.lines = lines
    try checkNames()
    guard !jobs.isEmpty else { throw ValidationError("nothing to render") }
  }

  /// The command lines of some of the jobs.
  func lines(of jobs: [Job]) -> [String] {
    let paths = Set(jobs.map(\.path))
    return zip(self.jobs, lines).filter { paths.contains($0.0.path) }.map(\.1.text)
  }

  /// Creates the output folder and its subfolders.
  func makeFolders(for jobs: [Job]) throws {
    for path in Set(jobs.map { FileSystem.folder(of: $0.path) })
    where folder == "." ? !path.hasPrefix("/") : path == folder || path.hasPrefix(folder + "/") {
      try FileSystem.makeFolder(path)
    }
  }

  private static func plan(_ source: String) throws -> Plan? {
    guard PresetLibrary.isYAML(source),
      let data = try? InputFile.contents(source, maxBytes: maximumPlanBytes + 1),
      data.count <= maximumPlanBytes,
      let text = try? TextEncoding.text(data)
    else { return nil }
    return try Plan(text, file: source)
  }

  private static let maximumPlanBytes = 64 << 20

  /// The options of a line, with a relative output path resolved against the folder.
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

  private static func job(_ line: JobLine, _ parser: inout RenderLineParser) throws -> Job {
    do {
      let job = try parser.parse(line.words).job()
      guard !OutputTarget.isStandardOutput(job.path) else {
        throw ValidationError("a batch job cannot write to standard output; name a file")
      }
      try job.format.check(sampleRate: job.sampleRate)
      return job
    } catch let error as UserError {
      throw UserError(error.kind, at: error.location ?? line.location, error.message)
    } catch {
      throw UserError(.usage, at: line.location, Failure.parserSentence(inLine: error))
    }
  }

  /// Two jobs must not write the same file.
  private func checkNames() throws {
    var seen: Set<String> = []
    for (job, line) in zip(jobs, lines) where !seen.insert(job.path).inserted {
      throw UserError(
        .usage, at: line.location,
        "two jobs would write '\(job.path)'; add {seed}, {duration}, {set} or {format} to the name")
    }
  }
}
