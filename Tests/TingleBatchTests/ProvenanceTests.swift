import Foundation
import Measure
import Synchronization
import Testing
import TingleBatch
import TingleFiles
import TingleMix
import TinglePresets

@Suite("Provenance")
struct ProvenanceTests {
  private static let text = "layers: {tap: {pace: 3/s}}\nmaster: {loudness: as mixed}\noutput: speakers\n"

  private func job(_ path: String, seconds: Double = 1, words: [String] = ["render", "mini.yaml"]) throws
    -> Job
  {
    var preset = try PresetParser.parse(Self.text, name: "mini", file: "mini.yaml")
    preset.mix.durationSeconds = seconds
    return Job(preset, words: words, format: try FileFormat(FileFormat.container(ofPath: path)), path: path)
  }

  private func write(_ path: String, _ tags: FileTags, frames: Int = 48_000) throws {
    let writer = try SoundFileWriter(
      path: path, format: FileFormat(FileFormat.container(ofPath: path)), sampleRate: 48000, channels: 2,
      tags: tags,
      seed: 1, expectedFrames: frames, overwrite: false)
    let silence = [StereoFrame](repeating: .zero, count: frames)
    try writer.fill { try silence.withUnsafeBufferPointer(writer.write) }
  }

  /// The result of a job in a batch: skipped, rendered, or the error.
  private func outcome(_ job: Job, in folder: TemporaryFolder) throws -> String {
    let manifest = try ManifestFolder(folder.path)
    let outcome = Mutex("")
    JobScheduler([job], JobScheduler.Settings(), manifest: manifest, isCancelled: { false }) { _, event in
      switch event {
      case .skipped(let version): outcome.withLock { $0 = version.map { "skipped, \($0)" } ?? "skipped" }
      case .rendered: outcome.withLock { $0 = "rendered" }
      case .failed(let error): outcome.withLock { $0 = "\(error)" }
      default: break
      }
    }.run()
    return outcome.withLock { $0 }
  }

  @Test("is a JSON object with a schema version, and is decoded to an equal value")
  func json() throws {
    var provenance = Provenance(
      version: "9.9", presetName: "träume", purpose: .sleep, recipe: String(repeating: "0f", count: 32),
      command: ["render", "a b.yaml", "--text", "two\nlines --rate 7; \"x\""], seed: .max, sampleRate: 44100,
      channels: 1)
    #expect(Provenance(json: provenance.json) == provenance)
    (provenance.container, provenance.depth) = (.flac, .float)
    (provenance.startFrame, provenance.frames, provenance.trackFrames) = (5, 7, 1_382_400_000)
    provenance.slice = Slice("3/16")
    #expect(Provenance(json: provenance.json) == provenance)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(provenance.json.utf8)) as? [String: Any])
    #expect(object["schema"] as? Int == 1 && object["tingle"] as? String == "9.9")
    #expect(object["purpose"] as? String == "sleep" && object["slice"] as? String == "3/16")
    #expect(object["startFrame"] as? Int == 5 && object["wholeFrames"] as? Int == 1_382_400_000)
    let later = provenance.json.replacing("\"schema\":1", with: "\"schema\":2")
    for text in [later, "", "{}", "[]", "made with love", provenance.json + "x"] {
      #expect(Provenance(json: text) == nil, "\(text)")
    }
    // Unknown keys are ignored.
    let more = provenance.json.replacing("\"schema\":1", with: "\"schema\":1,\"mood\":\"calm\"")
    #expect(Provenance(json: more) == provenance)
  }

  @Test(
    "identifies a file whatever its comment and title say", arguments: FileFormat.Container.allCases)
  func wording(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    let job = try job(folder.file("a.\(container.rawValue)"))
    var tags = try job.tags
    #expect(tags.comment.contains("tingle render mini.yaml") && !tags.provenance.isEmpty)
    tags.comment = "Von tingle gemacht, mit Liebe."
    tags.title = "Träume ☕ 夢"
    try write(job.path, tags)
    #expect(FileTags(ofFile: job.path)?.comment == tags.comment)
    #expect(FileTags(ofFile: job.path)?.title == tags.title)
    #expect(try outcome(job, in: folder) == "skipped")
    // The spelling of the command and the version of the program do not matter either.
    #expect(try outcome(self.job(job.path, words: ["render", "./mini.yaml"]), in: folder) == "skipped")
    var earlier = try job.provenance
    earlier.version = "0.0.9"
    try FileManager.default.removeItem(atPath: job.path)
    try write(job.path, FileTags(title: "x", provenance: earlier))
    #expect(try outcome(job, in: folder) == "skipped, 0.0.9")
    // Another length is another file.
    #expect(try outcome(self.job(job.path, seconds: 1.5), in: folder).contains("exists"))
  }

  @Test(
    "keeps a text of any length in every format, as it is or as its hash", arguments: [2000, 11_900, 60_000])
  func longTexts(count: Int) throws {
    let folder = try TemporaryFolder()
    let text = String(String(repeating: "good night ", count: count / 11 + 1).prefix(count))
    for container in FileFormat.Container.allCases {
      var job = try job(
        folder.file("a.\(container.rawValue)"),
        words: ["render", "mini.yaml", "--set", "layers.whisper.text=\(text)"])
      job.preset.title = String(repeating: "夢", count: 200)
      try write(job.path, job.tags)
      let tags = try #require(FileTags(ofFile: job.path))
      #expect(try Provenance(tags) == job.provenance && tags.title == job.preset.title)
      #expect(tags.comment.contains(count > 20_000 ? "sha256:" : "…") && tags.comment.utf8.count < 2000)
      let kept = try #require(Provenance(tags)).command
      #expect(count > 20_000 ? kept[3].hasPrefix("sha256:") && kept[3].count == 71 : kept[3].hasSuffix(text))
      #expect(try outcome(job, in: folder) == "skipped", "\(container)")
    }
  }

  /// Comments that version 0.1.0 wrote for the preset above.
  private static let rendered =
    "tingle 0.1.0, preset mini, seed 1, recipe f85af82562d14bb1; "
    + "made with: tingle render mini.yaml --set 'layers.tap.level=-6 dB' --seed 1 --duration 2s --rate 48000"
  private static func slice(_ number: Int) -> String {
    "tingle 0.1.0, preset mini, seed 1, recipe e1c1a9c17db03dab, slice \(number)/3 of 96000 frames; "
      + "made with: tingle render mini.yaml --seed 1 --duration 2s --rate 48000"
  }
  private static let part =
    "tingle 0.1.0, preset mini, seed 1, recipe a528fe13dfc1db10; "
    + "made with: tingle render mini.yaml --seed 1 --duration 3s --start 1s --end 2s --rate 48000 --bits 16"
  private static let live = "tingle 0.1.0, played live from relax; 'r.wav.json' tells how"

  private func tags(_ comment: String) -> FileTags {
    FileTags(title: "mini", software: "tingle 0.1.0", comment: comment)
  }

  @Test("is parsed from the comments of version 0.1.0")
  func version010() throws {
    let rendered = try #require(Provenance(tags(Self.rendered)))
    #expect(rendered.version == "0.1.0" && rendered.presetName == "mini" && rendered.purpose == nil)
    #expect(rendered.recipe == "f85af82562d14bb1" && rendered.seed == 1 && rendered.depth == .int24)
    #expect(
      rendered.command == [
        "render", "mini.yaml", "--set", "layers.tap.level=-6 dB", "--seed", "1", "--duration", "2s",
      ])
    let slice = try #require(Provenance(tags(Self.slice(2))))
    #expect(slice.slice == Slice("2/3") && slice.trackFrames == 96_000 && slice.startFrame == 32_000)
    let part = try #require(Provenance(tags(Self.part)))
    #expect(part.depth == .int16 && part.command.suffix(4) == ["--start", "1s", "--end", "2s"])
    let live = try #require(Provenance(tags(Self.live)))
    #expect(live.presetName == "relax" && live.recipe == nil)
    #expect(Provenance(tags("made with love")) == nil)
  }

  @Test("of version 0.1.0 identifies a file in a batch", arguments: FileFormat.Container.allCases)
  func skipped010(container: FileFormat.Container) throws {
    let folder = try TemporaryFolder()
    var job = try job(
      folder.file("a.\(container.rawValue)"), seconds: 2,
      words: ["render", "mini.yaml", "--set", "layers.tap.level=-6 dB", "--seed", "1", "--duration", "2s"])
    job.preset.mix.layers[job.preset.mix.layers.count - 1].levelDB = -6
    try write(job.path, tags(Self.rendered))
    let expected = Provenance.currentVersion == "0.1.0" ? "skipped" : "skipped, 0.1.0"
    #expect(try outcome(job, in: folder) == expected)
    job.preset.mix.layers[job.preset.mix.layers.count - 1].levelDB = -7
    #expect(try outcome(job, in: folder).contains("exists"))
  }

  @Test("of slices of version 0.1.0 lets them be joined, and the joined file is identified in a batch")
  func join010() throws {
    let folder = try TemporaryFolder()
    let paths = (1...3).map { folder.file("\($0).flac") }
    for (k, path) in paths.enumerated() { try write(path, tags(Self.slice(k + 1)), frames: 32_000) }
    let whole = folder.file("whole.opus")
    try SliceJoin(paths.reversed()).write(to: whole, FileFormat(.opus), overwrite: false)
    let job = try job(whole, seconds: 2, words: ["render", "mini.yaml", "--seed", "1", "--duration", "2s"])
    #expect(try outcome(job, in: folder).hasPrefix("skipped"))
  }
}
