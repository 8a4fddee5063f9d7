import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle batch")
  struct BatchTests {
    /// A plan with short files and two long ones.
    private static let plan = """
      presets: [glass-and-tin, relax]
      seeds: 1..2
      duration: 20s
      formats: [wav, flac]
      jobs:
        - {}
        - {presets: dark-noise, seeds: 3, duration: 4m, formats: [wav, opus], output: "long-{seed}.{ext}"}
      """

    private func planned(in folder: TemporaryFolder, _ text: String = plan) throws -> String {
      let path = folder.file("plan.yaml")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    /// The contents of all files in a folder, including hidden ones.
    private func contents(_ folder: String) throws -> [String: Data] {
      var result: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        result[name] = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      }
      return result
    }

    @Test("the plans in the guide and in help are valid", arguments: ["guide", "help"])
    func documented(source: String) throws {
      let folder = try TemporaryFolder()
      let text =
        source == "help"
        ? String(decoding: try Program.run(["batch", "--help"]).output, as: UTF8.self)
        : try String(contentsOfFile: Program.batchGuide, encoding: .utf8)
      let lines = text.split(separator: "\n").map(String.init)
      let first = try #require(lines.firstIndex { $0.drop { $0 == " " }.hasPrefix("presets: [sleep") })
      let margin = lines[first].prefix { $0 == " " }.count
      let last = try #require(lines[first...].firstIndex { $0.contains("presets: dark-noise") })
      let plan = lines[first...last].map { $0.dropFirst(margin) }.joined(separator: "\n")
      let result = try Program.run(["batch", try planned(in: folder, plan), "--dry-run"])
      #expect(result.status == 0, "\(result.errors)\n\(plan)")
    }

    @Test("renders every combination, skips existing files, and reports JSON events")
    func rerun() throws {
      let folder = try TemporaryFolder()
      let out = folder.file("out")
      let arguments = [
        "batch", "glass-and-tin", "Presets/dark-n*.yaml", "-o", out, "--seeds", "1..2", "--duration", "5s",
        "--format", "flac,opus", "--set", "master.loudness=-28 LUFS", "--json",
      ]
      func events(_ result: Program.Result) throws -> [[String: Any]] {
        try String(decoding: result.output, as: UTF8.self).split(separator: "\n").map {
          try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
      }
      let first = try Program.run(arguments)
      #expect(first.status == 0 && first.errors.isEmpty)
      let rendered = try events(first)
      #expect(rendered.count { $0["event"] as? String == "rendered" } == 8)
      #expect(rendered.last?["event"] as? String == "end" && rendered.last?["rendered"] as? Int == 8)
      for event in rendered where event["event"] as? String == "rendered" {
        #expect(abs((event["loudnessLUFS"] as? Double ?? 0) + 28) < 2.5)
      }
      let before = try contents(out)
      #expect(
        before.keys.contains("dark-noise-2.opus") && before.keys.contains("manifest.json")
          && before.count == 9)
      let second = try events(Program.run(arguments))
      #expect(second.count { $0["event"] as? String == "skipped" } == 8)
      #expect(try contents(out) == before)
      // The command in the manifest reproduces the file.
      let manifest = try #require(
        JSONSerialization.jsonObject(with: before["manifest.json"] ?? Data()) as? [String: Any])
      let entry = try #require(
        (manifest["files"] as? [[String: Any]])?.first { $0["file"] as? String == "glass-and-tin-2.flac" })
      let command = try #require(entry["recipe"] as? String)
      let render = try Program.run(
        ["-c", "'\(Program.path)' \(command.dropFirst(7)) -o '\(folder.file("by-hand.flac"))'"],
        executable: "/bin/bash")
      #expect(render.status == 0)
      #expect(
        FileManager.default.contents(atPath: folder.file("by-hand.flac")) == before["glass-and-tin-2.flac"])
    }

    @Test("after kills at five moments, the next run completes the same files as an uninterrupted run")
    func killed() throws {
      let folder = try TemporaryFolder()
      let plan = try planned(in: folder)
      let reference = folder.file("reference")
      #expect(try Program.run(["batch", plan, "-o", reference, "--quiet"]).status == 0)
      let expected = try contents(reference)
      #expect(expected.count == 11)
      let out = folder.file("out")
      for milliseconds in [60, 250, 500, 900, 1500] as [UInt32] {
        let child = try Child(Program.path, ["batch", plan, "-o", out, "--quiet"])
        usleep(milliseconds * 1000)
        child.end()
      }
      let last = try Program.run(["batch", plan, "-o", out])
      #expect(last.status == 0, "\(last.errors)")
      let files = try contents(out)
      #expect(Set(files.keys) == Set(expected.keys))
      for (name, bytes) in expected { #expect(files[name] == bytes, "\(name)") }
    }

    @Test("Ctrl-C keeps the partial file of a long job, and the next run resumes it")
    func interrupted() throws {
      let folder = try TemporaryFolder()
      let out = folder.file("out")
      let arguments = ["batch", "dark-noise", "-o", out, "--duration", "20m", "--bits", "16"]
      let child = try Child(Program.path, arguments)
      // 80 MB are about seven minutes.
      Program.eventually { Program.size(ofFile: out + "/.dark-noise.wav.part") > 80_000_000 }
      child.signal(SIGINT)
      #expect(child.wait() == 130)
      #expect(FileManager.default.fileExists(atPath: out + "/.dark-noise.wav.part"))
      let resumed = try Program.run(arguments)
      #expect(resumed.status == 0)
      #expect(resumed.errors.contains("resumed at"), "\(resumed.errors)")
    }

    @Test("three concurrent shards write the files and the manifest of a single run")
    func shards() throws {
      let folder = try TemporaryFolder()
      let plan = try planned(in: folder)
      #expect(try Program.run(["batch", plan, "-o", folder.file("one"), "--quiet"]).status == 0)
      let children = try (1...3).map {
        try Child(
          Program.path,
          ["batch", plan, "-o", folder.file("three"), "--shard", "\($0)/3", "--jobs", "1", "--quiet"])
      }
      for child in children { #expect(child.wait() == 0) }
      #expect(try contents(folder.file("three")) == contents(folder.file("one")))
    }

    @Test("the commands of a plan give the same files in a shell, with make, and with GNU parallel")
    func otherRunners() throws {
      let folder = try TemporaryFolder()
      let plan = try planned(
        in: folder, "presets: [glass-and-tin, relax]\nseeds: 1..2\nduration: 5s\nset: {title: It's late}\n")
      let binaries = (Program.path as NSString).deletingLastPathComponent
      func shell(_ script: String) throws {
        let result = try Program.run(
          ["-c", script],
          environment: ["PATH": "\(binaries):/usr/bin:/bin", "plan": plan, "folder": folder.path],
          executable: "/bin/bash")
        #expect(result.status == 0, "\(result.errors)")
      }
      try shell("tingle batch $plan -o $folder/batch --quiet")
      let files = try contents(folder.file("batch")).filter { $0.key.hasSuffix(".wav") }
      #expect(files.count == 4)
      try shell("mkdir $folder/sh && tingle batch $plan -o $folder/sh --lines | sh -e")
      #expect(try contents(folder.file("sh")) == files)
      try shell(
        "mkdir $folder/parallel && tingle batch $plan -o $folder/parallel --lines | parallel --will-cite")
      #expect(try contents(folder.file("parallel")) == files)
      try """
      shards := 1 2 3
      .PHONY: all $(shards)
      all: $(shards)
      $(shards): ; tingle batch $(plan) -o $(folder)/make --shard $@/$(words $(shards)) --jobs 1 --quiet
      """.write(toFile: folder.file("Makefile"), atomically: true, encoding: .utf8)
      try shell("make --silent -j3 -f $folder/Makefile")
      #expect(try contents(folder.file("make")).filter { $0.key.hasSuffix(".wav") } == files)
    }

    @Test("lines of options on standard input are jobs")
    func lines() throws {
      let folder = try TemporaryFolder()
      let result = try Program.run(
        ["batch", "-", "-o", folder.path],
        input: """
          # two files
          glass-and-tin -o a.wav --duration 3s
          tingle render --layer 'tap:surface=wood' -o 'sub/b c.flac' --duration 3s --slice 2/3
          """)
      #expect(result.status == 0, "\(result.errors)")
      #expect(Set(folder.names) == ["a.wav", "manifest.json", "sub"])
      #expect(try SoundFile(folder.file("sub/b c.flac")).frames.count == 48_000)
    }

    @Test("--dry-run lists every file with length and size, and creates none")
    func dryRun() throws {
      let folder = try TemporaryFolder()
      let plan = try planned(in: folder)
      let result = try Program.run(["batch", plan, "-o", folder.file("out"), "--dry-run"])
      let rows = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
      #expect(result.status == 0 && rows.count == 12)
      #expect(rows.contains { $0.contains("long-3.wav") && $0.contains("4:00") && $0.contains("69.1 MB") })
      #expect(rows.last?.hasPrefix("10 files, 10:40 of sound") == true)
      #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
    }

    @Test("verify reports missing files, changed files, and files that render differently")
    func verify() throws {
      let folder = try TemporaryFolder()
      let out = folder.file("out")
      let batch = [
        "batch", "glass-and-tin", "relax", "-o", out, "--duration", "20s", "--format",
        "wav,flac,opus,ogg,mp3", "--quiet",
      ]
      #expect(try Program.run(batch).status == 0)
      let fine = try Program.run(["batch", "verify", out])
      #expect(
        fine.status == 0 && fine.errors == "10 files verified\n",
        "\(fine.errors)")
      try FileManager.default.removeItem(atPath: out + "/relax.opus")
      let path = out + "/relax.wav"
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[1_000_000] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      // Simulates a program whose sound has changed.
      let manifest = out + "/manifest.json"
      let text = try String(contentsOfFile: manifest, encoding: .utf8)
      let first = try #require(text.range(of: "surface: ceramic"))
      try text.replacingCharacters(in: first, with: "surface: wood").write(
        toFile: manifest, atomically: true, encoding: .utf8)
      let failing = try Program.run(["batch", "verify", out])
      #expect(failing.status == 1)
      #expect(failing.errors.contains("relax.opus: missing"))
      #expect(failing.errors.contains("relax.wav: checksum differs"))
      #expect(failing.errors.contains("a new render differs"), "\(failing.errors)")
      #expect(failing.errors.contains("3 of 10 files failed"))
    }

    @Test("joined slices are bit-identical to a render of the whole track")
    func slices() throws {
      let folder = try TemporaryFolder()
      let mix = ["relax", "--duration", "21s", "--seed", "4"]
      for k in 1...3 {
        let path = folder.file("\(k).flac")
        #expect(try Program.run(["render", "-o", path, "--slice", "\(k)/3", "--quiet"] + mix).status == 0)
      }
      for name in ["w.wav", "w.opus"] {
        #expect(try Program.run(["render", "-o", folder.file(name), "--quiet"] + mix).status == 0)
        let joined = try Program.run(
          ["join"] + (1...3).map { folder.file("\($0).flac") } + ["-o", folder.file("j" + name)])
        #expect(joined.status == 0 && joined.errors.contains("length 0:21, 3 slices"))
        #expect(
          FileManager.default.contents(atPath: folder.file("j" + name))
            == FileManager.default.contents(atPath: folder.file(name)))
      }
      let missing = try Program.run([
        "join", folder.file("1.flac"), folder.file("3.flac"), "-o", folder.file("x.wav"),
      ])
      #expect(missing.status == 65 && missing.errors.contains("1 of 3 slices missing: 2"))
    }

    @Test(
      "errors are reported before anything is rendered",
      arguments: [
        (["batch", "sleep"], 64, "name the output folder with -o"),
        (["batch", "slep", "-o", "x"], 66, "there is no preset 'slep'; did you mean 'sleep'?"),
        (["batch", "sleep", "-o", "x", "--seeds", "3..1"], 64, "'3..1' is not a seed or a range of seeds"),
        (
          ["batch", "sleep", "-o", "x", "--format", "aiff"], 64,
          "--format: 'aiff' is not a valid value; expected one of wav"
        ),
        (["batch", "sleep", "-o", "x", "--set", "layers.tapp.level=-6dB"], 64, "--set layers.tapp.level: "),
        (
          ["batch", "sleep", "-o", "x", "--seeds", "1,2", "--name", "a.wav"], 64,
          "two jobs would write 'x/a.wav'"
        ),
        (
          ["batch", "sleep", "-o", "x", "--shard", "5/4"], 64,
          "--shard: '5/4' is not of the form 'i/n', such as '3/8'"
        ),
        (
          ["batch", "sleep", "-o", "x", "--rate", "44100", "--format", "opus"], 64,
          "Opus supports only 48000 Hz"
        ),
        (["batch", "verify", "Sources"], 66, "has no manifest.json"),
        (["render", "sleep", "-o", "x.opus", "--slice", "1/2"], 64, "a slice must be .wav or .flac"),
      ] as [([String], Int32, String)])
    func mistakes(arguments: [String], status: Int32, sentence: String) throws {
      let result = try Program.run(arguments)
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.contains(sentence), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: Program.root + "/x"))
    }

    @Test("failed jobs are listed at the end, with exit status 1")
    func failure() throws {
      let folder = try TemporaryFolder()
      try "precious".write(toFile: folder.file("relax.wav"), atomically: true, encoding: .utf8)
      let result = try Program.run(["batch", "relax", "glass-and-tin", "-o", folder.path, "--duration", "3s"])
      #expect(result.status == 1)
      #expect(result.errors.contains("2 files: 1 rendered, 1 failed"))
      #expect(result.errors.contains("tingle: 1 of 2 files failed:\n  \(folder.path)/relax.wav: "))
      #expect(try String(contentsOfFile: folder.file("relax.wav"), encoding: .utf8) == "precious")
    }
  }
}
