import Foundation
import Measure
import Synchronization
import Testing
import TingleBatch
import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Job scheduler")
struct JobSchedulerTests {
  /// A job with a small mix.
  private func job(_ name: String, in folder: TemporaryFolder, seconds: Double = 2, seed: UInt64 = 1) throws
    -> Job
  {
    var preset = try PresetParser.parse(
      "layers: {tap: {pace: 3/s}}\nmaster: {loudness: as mixed}\noutput: speakers\n", name: "small", file: "x"
    )
    preset.mix.seed = seed
    preset.mix.durationSeconds = seconds
    let container = try FileFormat.container(ofPath: name)
    return Job(
      preset, words: ["render", "small", "--seed", "\(seed)"], format: try FileFormat(container),
      path: folder.file(name)
    )
  }

  private func run(
    _ jobs: [Job], in folder: TemporaryFolder, threads: Int = 2, failsFast: Bool = false,
    overwrite: Bool = false
  ) throws -> [String: String] {
    let manifest = try ManifestFolder(folder.path)
    let outcomes = Mutex<[String: String]>([:])
    var settings = JobScheduler.Settings()
    (settings.threads, settings.failsFast, settings.overwrite) = (threads, failsFast, overwrite)
    let scheduler = JobScheduler(jobs, settings, manifest: manifest, isCancelled: { false }) { index, event in
      let word =
        switch event {
        case .started: "started"
        case .rendered: "rendered"
        case .skipped: "skipped"
        case .locked: "locked"
        case .stopped: "stopped"
        case .failed(let error): "failed: \(error)"
        }
      outcomes.withLock { $0[(jobs[index].path as NSString).lastPathComponent] = word }
    }
    scheduler.run()
    try manifest.mergeJournals()
    return outcomes.withLock { $0 }
  }

  @Test("files are bit-identical on one thread and on three; the manifest lists and verifies each")
  func threads() throws {
    let (one, three) = (try TemporaryFolder(), try TemporaryFolder())
    let names = (1...5).map { "\($0).wav" } + ["6.flac", "7.ogg", "8.opus", "9.mp3"]
    func jobs(_ folder: TemporaryFolder) throws -> [Job] {
      try names.enumerated().map {
        try job($1, in: folder, seconds: $0 == 0 ? 30 : 2, seed: UInt64($0 + 1))
      }
    }
    let first = try run(try jobs(one), in: one, threads: 1)
    #expect(first.count == 9 && first.values.allSatisfy { $0 == "rendered" })
    _ = try run(try jobs(three), in: three, threads: 3)
    for name in names + ["manifest.json"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: one.file(name)))
          == Data(contentsOf: URL(fileURLWithPath: three.file(name))), "\(name)")
    }
    #expect(Set(one.names) == Set(names + ["manifest.json"]))
    let entries = try Manifest(folder: one.path).files
    #expect(entries.map(\.file) == names.sorted())
    #expect(entries.allSatisfy { ($0.loudnessLUFS ?? 0) < -20 && $0.sha256.count == 64 && $0.bytes > 1000 })
    for entry in entries {
      #expect(try Verification.of(entry, in: one.path, jobs: 1) == .same, "\(entry.file)")
    }
  }

  @Test("up-to-date files are skipped, missing files are rendered, foreign files are not overwritten")
  func again() throws {
    let folder = try TemporaryFolder()
    let jobs = try ["a.wav", "b.flac", "c.opus"].map { try job($0, in: folder) }
    _ = try run(jobs, in: folder)
    let manifest = try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json")))
    try FileManager.default.removeItem(atPath: folder.file("b.flac"))
    try "precious".write(toFile: folder.file("c.opus"), atomically: true, encoding: .utf8)
    let outcomes = try run(jobs, in: folder)
    #expect(outcomes["a.wav"] == "skipped" && outcomes["b.flac"] == "rendered")
    #expect(outcomes["c.opus"]?.contains("exists") == true)
    #expect(try String(contentsOfFile: folder.file("c.opus"), encoding: .utf8) == "precious")
    #expect(try run(jobs, in: folder, overwrite: true).values.allSatisfy { $0 == "rendered" })
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json"))) == manifest)
    // A file with the same name and another seed is foreign.
    let other = try [job("a.wav", in: folder, seed: 2)]
    #expect(try run(other, in: folder)["a.wav"]?.contains("exists") == true)
  }

  @Test("a failed job stops the others only if failsFast is set")
  func failures() throws {
    let folder = try TemporaryFolder()
    let jobs = try ["no/such/a.wav", "b.wav", "c.wav", "d.wav"].enumerated().map {
      try job($1, in: folder, seconds: $0 == 0 ? 60 : 5)
    }
    let stopped = try run(jobs, in: folder, threads: 1, failsFast: true)
    #expect(stopped.count == 1 && stopped["a.wav"]?.contains("does not exist") == true)
    let outcomes = try run(jobs, in: folder)
    #expect(outcomes["a.wav"]?.hasPrefix("failed") == true)
    #expect(["b.wav", "c.wav", "d.wav"].allSatisfy { outcomes[$0] == "rendered" })
  }

  @Test("a file that another process is writing is reported as locked")
  func locked() throws {
    let folder = try TemporaryFolder()
    let other = try AtomicFile(path: folder.file("a.wav"), overwrite: false)
    #expect(try run([job("a.wav", in: folder)], in: folder)["a.wav"] == "locked")
    other.abandon()
    #expect(try run([job("a.wav", in: folder)], in: folder)["a.wav"] == "rendered")
  }

  @Test(
    "an interrupted long job resumes, and its file is bit-identical to an uninterrupted one",
    arguments: ["a.wav", "a.flac"])
  func resumes(name: String) throws {
    let (folder, reference) = (try TemporaryFolder(), try TemporaryFolder())
    var settings = JobRun.Settings()
    settings.resumes = true
    // Cancelled near the middle.
    let long = try job(name, in: folder, seconds: 400)
    let calls = Atomic<Int>(0)
    let stopped = JobRun(long, settings) { calls.load(ordering: .relaxed) > 0 }
    let outcome = try stopped.run(progress: {
      if stopped.doneSeconds > 200 { calls.store(1, ordering: .relaxed) }
    })
    #expect(outcome == nil)
    #expect(!folder.names.contains(name) && !folder.names.isEmpty)
    let resumed = try #require(try JobRun(long, settings, isCancelled: { false }).run())
    #expect(resumed.resumedSeconds > 100 && resumed.resumedSeconds < 300)
    let uninterrupted = try #require(
      try JobRun(job(name, in: reference, seconds: 400), JobRun.Settings(), isCancelled: { false }).run())
    #expect(uninterrupted.resumedSeconds == 0)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
        == Data(contentsOf: URL(fileURLWithPath: reference.file(name))))
    #expect(folder.names == [name])
    let (a, b) = (try #require(resumed.loudness), try #require(uninterrupted.loudness))
    #expect(abs(a.integratedLUFS - b.integratedLUFS) < 0.01 && abs(a.truePeakDB - b.truePeakDB) < 0.01)
  }

  @Test("a partial file of another mix is not resumed")
  func foreignPartialFile() throws {
    let folder = try TemporaryFolder()
    var settings = JobRun.Settings()
    settings.resumes = true
    let first = JobRun(try job("a.wav", in: folder, seconds: 400), settings) { false }
    _ = try first.run(beforeCommit: { _ in
      // Simulates a kill at this moment.
      try FileManager.default.copyItem(atPath: folder.file(".a.wav.part"), toPath: folder.file("left"))
    })
    try FileManager.default.removeItem(atPath: folder.file("a.wav"))
    try FileManager.default.moveItem(atPath: folder.file("left"), toPath: folder.file(".a.wav.part"))
    let other = try #require(
      try JobRun(job("a.wav", in: folder, seconds: 400, seed: 2), settings, isCancelled: { false }).run())
    #expect(other.resumedSeconds == 0)
  }
}
