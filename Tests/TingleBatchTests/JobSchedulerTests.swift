import Foundation
import Measure
import Synchronization
import Testing
import TingleBatch
import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Many jobs at once")
struct CrewTests {
  /// Jobs with a small mix each.
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
    let told = Mutex<[String: String]>([:])
    var settings = JobScheduler.Settings()
    (settings.threads, settings.failsFast, settings.overwrite) = (threads, failsFast, overwrite)
    let crew = JobScheduler(jobs, settings, manifest: manifest, isCancelled: { false }) { number, event in
      let word =
        switch event {
        case .began: "began"
        case .rendered: "made"
        case .skipped: "found"
        case .locked: "busy"
        case .stopped: "stopped"
        case .failed(let error): "failed: \(error)"
        }
      told.withLock { $0[(jobs[number].path as NSString).lastPathComponent] = word }
    }
    crew.run()
    try manifest.gather()
    return told.withLock { $0 }
  }

  @Test("all are made, whatever the number of threads, with the same bytes; the manifest tells of each")
  func threads() throws {
    let (one, three) = (try TemporaryFolder(), try TemporaryFolder())
    let names = (1...5).map { "\($0).wav" } + ["6.flac", "7.ogg", "8.opus", "9.mp3"]
    func jobs(_ folder: TemporaryFolder) throws -> [Job] {
      try names.enumerated().map {
        try job($1, in: folder, seconds: $0 == 0 ? 30 : 2, seed: UInt64($0 + 1))
      }
    }
    let first = try run(try jobs(one), in: one, threads: 1)
    #expect(first.count == 9 && first.values.allSatisfy { $0 == "made" })
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

  @Test("what is there is found, what is missing is made, what is another's is not touched")
  func again() throws {
    let folder = try TemporaryFolder()
    let jobs = try ["a.wav", "b.flac", "c.opus"].map { try job($0, in: folder) }
    _ = try run(jobs, in: folder)
    let manifest = try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json")))
    try FileManager.default.removeItem(atPath: folder.file("b.flac"))
    try "precious".write(toFile: folder.file("c.opus"), atomically: true, encoding: .utf8)
    let told = try run(jobs, in: folder)
    #expect(told["a.wav"] == "found" && told["b.flac"] == "made")
    #expect(told["c.opus"]?.contains("exists; use --force") == true)
    #expect(try String(contentsOfFile: folder.file("c.opus"), encoding: .utf8) == "precious")
    #expect(try run(jobs, in: folder, overwrite: true).values.allSatisfy { $0 == "made" })
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json"))) == manifest)
    // Another seed under the same name is another file.
    let other = try [job("a.wav", in: folder, seed: 2)]
    #expect(try run(other, in: folder)["a.wav"]?.contains("exists") == true)
  }

  @Test("one failure leaves the others alone, or stops them, as one likes")
  func failures() throws {
    let folder = try TemporaryFolder()
    let jobs = try ["no/such/a.wav", "b.wav", "c.wav", "d.wav"].enumerated().map {
      try job($1, in: folder, seconds: $0 == 0 ? 60 : 5)
    }
    let stopped = try run(jobs, in: folder, threads: 1, failsFast: true)
    #expect(stopped.count == 1 && stopped["a.wav"]?.contains("does not exist") == true)
    let told = try run(jobs, in: folder)
    #expect(told["a.wav"]?.hasPrefix("failed") == true)
    #expect(["b.wav", "c.wav", "d.wav"].allSatisfy { told[$0] == "made" })
  }

  @Test("a file that another program is writing is left to it")
  func busy() throws {
    let folder = try TemporaryFolder()
    let other = try AtomicFile(path: folder.file("a.wav"), overwrite: false)
    #expect(try run([job("a.wav", in: folder)], in: folder)["a.wav"] == "busy")
    other.abandon()
    #expect(try run([job("a.wav", in: folder)], in: folder)["a.wav"] == "made")
  }

  @Test(
    "a long job that was stopped goes on where it was, and ends with the same bytes",
    arguments: ["a.wav", "a.flac"])
  func resumes(name: String) throws {
    let (folder, undisturbed) = (try TemporaryFolder(), try TemporaryFolder())
    var settings = JobRun.Settings()
    settings.resumes = true
    // Stopped somewhere in the middle.
    let long = try job(name, in: folder, seconds: 400)
    let calls = Atomic<Int>(0)
    let stopped = JobRun(long, settings) { calls.load(ordering: .relaxed) > 0 }
    let outcome = try stopped.run(progress: {
      if stopped.doneSeconds > 200 { calls.store(1, ordering: .relaxed) }
    })
    #expect(outcome == nil)
    #expect(!folder.names.contains(name) && !folder.names.isEmpty)
    let made = try #require(try JobRun(long, settings, isCancelled: { false }).run())
    #expect(made.keptSeconds > 100 && made.keptSeconds < 300)
    let plain = try #require(
      try JobRun(job(name, in: undisturbed, seconds: 400), JobRun.Settings(), isCancelled: { false }).run())
    #expect(plain.keptSeconds == 0)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
        == Data(contentsOf: URL(fileURLWithPath: undisturbed.file(name))))
    #expect(folder.names == [name])
    let (a, b) = (try #require(made.reading), try #require(plain.reading))
    #expect(abs(a.integratedLUFS - b.integratedLUFS) < 0.01 && abs(a.truePeakDB - b.truePeakDB) < 0.01)
  }

  @Test("a half-done file of another mix is not taken up")
  func strangers() throws {
    let folder = try TemporaryFolder()
    var settings = JobRun.Settings()
    settings.resumes = true
    let first = JobRun(try job("a.wav", in: folder, seconds: 400), settings) { false }
    _ = try first.run(beforeCommit: { _ in
      // As if it had been killed here.
      try FileManager.default.copyItem(atPath: folder.file(".a.wav.part"), toPath: folder.file("left"))
    })
    try FileManager.default.removeItem(atPath: folder.file("a.wav"))
    try FileManager.default.moveItem(atPath: folder.file("left"), toPath: folder.file(".a.wav.part"))
    let other = try #require(
      try JobRun(job("a.wav", in: folder, seconds: 400, seed: 2), settings, isCancelled: { false }).run())
    #expect(other.keptSeconds == 0)
  }
}

@Suite("Slices joined")
struct JoinTests {
  private func job(_ path: String, _ slice: Slice?, depth: FileFormat.Depth? = nil) throws -> Job {
    var preset = try PresetParser.parse(
      "layers: {tap: {pace: 3/s}, crinkle: }\nroom: bedroom\nseed: 5\n", name: "small", file: "x")
    preset.mix.durationSeconds = 20.00007
    var job = Job(
      preset, words: ["render", "small"],
      format: try FileFormat(FileFormat.container(ofPath: path), depth: depth),
      path: path)
    job.slice = slice
    return job
  }

  private func render(_ job: Job) throws {
    _ = try JobRun(job, JobRun.Settings(), isCancelled: { false }).run()
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test("are the whole render, to the bit, in every format", arguments: ["wav", "flac"])
  func same(kind: String) throws {
    let folder = try TemporaryFolder()
    let slices = (1...5).map { folder.file("\($0).\(kind)") }
    for (k, path) in slices.enumerated() { try render(job(path, Slice(k + 1, of: 5))) }
    for (name, depth) in [
      ("w.wav", nil), ("s.wav", .int16), ("w.flac", nil), ("s.flac", .int16), ("w.ogg", nil), ("w.opus", nil),
      ("w.mp3", nil),
    ] as [(String, FileFormat.Depth?)] {
      try render(job(folder.file(name), nil, depth: depth))
      let format = try FileFormat(FileFormat.container(ofPath: name), depth: depth)
      try SliceJoin(slices.reversed()).write(to: folder.file("joined-" + name), format, overwrite: false)
      #expect(try bytes(folder.file("joined-" + name)) == bytes(folder.file(name)), "\(name)")
    }
  }

  @Test("what does not belong together is named")
  func strangers() throws {
    let folder = try TemporaryFolder()
    func slice(_ name: String, _ slice: Slice?, _ change: (inout Job) -> Void = { _ in }) throws -> String {
      var job = try job(folder.file(name), slice)
      change(&job)
      try render(job)
      return folder.file(name)
    }
    let one = try slice("one.wav", Slice("1/3"))
    let two = try slice("two.wav", Slice("2/3"))
    let half = try slice("half.wav", Slice("2/2"))
    let seed = try slice("seed.wav", Slice("2/3")) { $0.preset.mix.seed = 6 }
    let louder = try slice("louder.wav", Slice("2/3")) { $0.preset.mix.layers[1].levelDB = 1 }
    let whole = try slice("whole.wav", nil)
    for (paths, sentence) in [
      ([one, two], "of 3 slices one is missing: 3"), ([one, two, two], "are both slice 2/3"),
      ([one, half], "it is one of 2, the first one of 3"), ([one, seed], "its seed is 6, the first one's 5"),
      ([one, louder], "it is of another track"), ([one, whole], "is no slice"),
      ([one, folder.file("none.wav")], "no such file"),
    ] {
      #expect("\(sentence)") { try SliceJoin(paths) } throws: { "\($0)".contains(sentence) }
    }
  }
}
