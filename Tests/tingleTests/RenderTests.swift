import CSndFile
import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle render")
  struct RenderTests {
    @Test(
      "renders three presets with the given length, near their loudness, with the command in the comment tag",
      arguments: [("sleep", -30.0), ("focus-on-work", -26), ("unwind", -26)])
    func presets(name: String, lufs: Double) throws {
      let folder = try TemporaryFolder()
      let result = try Program.run(["render", name, "-o", folder.file("a.wav"), "--duration", "30s"])
      #expect(result.status == 0)
      #expect(result.errors.contains("LUFS") && result.errors.contains("x real time"))
      let file = try SoundFile(folder.file("a.wav"))
      #expect(file.frames.count == 30 * 48000)
      #expect(file.comment?.contains("tingle render \(name) --seed 1 --duration 30s") == true)
      // RMS level and LUFS differ by some decibels; fades are excluded.
      let level = Statistics.levelDB(file.frames[480_000..<960_000].map(\.x))
      #expect((lufs - 10...lufs + 6).contains(level), "\(level)")
      #expect(folder.names == ["a.wav"])
    }

    @Test("gives the same bytes on one thread and on three; --start and --end give the same frames")
    func sameBytes() throws {
      let folder = try TemporaryFolder()
      func render(_ name: String, _ more: [String]) throws -> Data {
        let path = folder.file(name)
        let arguments =
          ["render", "sleep", "-o", path, "--duration", "150s", "--bits", "16", "--quiet"] + more
        #expect(try Program.run(arguments).status == 0)
        return try Data(contentsOf: URL(fileURLWithPath: path))
      }
      let one = try render("one.wav", ["--jobs", "1"])
      #expect(try render("three.wav", ["--jobs", "3"]) == one)
      _ = try render("tail.wav", ["--start", "100.5s"])
      _ = try render("middle.wav", ["--start", "1m40.5s", "--end", "120s"])
      let whole = try SoundFile(folder.file("one.wav")).frames
      #expect(try SoundFile(folder.file("tail.wav")).frames == Array(whole.dropFirst(4_824_000)))
      #expect(try SoundFile(folder.file("middle.wav")).frames == Array(whole[4_824_000..<5_760_000]))
    }

    @Test("writes the same frames to a pipe as to a file, and prints nothing")
    func pipe() throws {
      let folder = try TemporaryFolder()
      let mix = ["--layer", "tap:surface=glass", "--duration", "3s"]
      let piped = try Program.run(["render", "-o", "-"] + mix)
      #expect(piped.status == 0 && piped.errors.isEmpty)
      #expect(try Program.run(["render", "-o", folder.file("a.wav")] + mix).status == 0)
      try piped.output.write(to: URL(fileURLWithPath: folder.file("p.wav")))
      #expect(try SoundFile(folder.file("p.wav")).frames == SoundFile(folder.file("a.wav")).frames)
    }

    @Test("ends silently with status 0 if the reader of the pipe closes it")
    func readerLeaves() throws {
      let result = try Program.run(
        ["-c", "'\(Program.path)' render sleep -o - | head -c 1000 >/dev/null; echo ${PIPESTATUS[0]}"],
        executable: "/bin/bash")
      #expect(String(decoding: result.output, as: UTF8.self) == "0\n" && result.errors.isEmpty)
    }

    @Test(
      "errors have the right message and exit status",
      arguments: [
        (["render", "slep", "-o", "x.wav"], 66, "there is no preset 'slep'; did you mean 'sleep'?"),
        (["render", "sleep", "-o", "/no/such/x.wav"], 73, "the folder '/no/such' does not exist"),
        (["render", "sleep", "-o", "x.aiff"], 64, "unsupported file format '.aiff'"),
        (["render", "sleep", "-o", "/dev"], 64, "no extension"),
        (["render", "--layer", "tap:surface=wod", "-o", "x.wav"], 64, "did you mean 'wood'?"),
        (["render", "-o", "x.wav"], 64, "name a preset"),
        (["render", "sleep", "-o", "x.wav", "--start", "9h"], 64, "--start 9h is not before the end (8h)"),
        (["render", "sleep", "-o", "x.wav", "--duration", "10"], 64, "--duration"),
        (["render", "sleep", "-o", "x.opus", "--rate", "44100"], 64, "Opus supports only 48000 Hz"),
        (["render", "sleep", "-o", "-", "--format", "flac"], 64, "-o - writes WAV"),
        (["render", "sleep", "-o", "x.wav", "--rate", "22050"], 64, "--rate must be 44100"),
      ] as [([String], Int32, String)])
    func mistakes(arguments: [String], status: Int32, sentence: String) throws {
      let result = try Program.run(arguments)
      #expect(result.status == status)
      #expect(result.errors.contains(sentence), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: Program.root + "/x.wav"))
    }

    @Test("an error in a preset names its location", arguments: ["render", "check"])
    func location(verb: String) throws {
      let text = "layers:\n  tap:\n    surfce: wood\n"
      let arguments = verb == "render" ? ["render", "-", "-o", "x.wav"] : ["presets", "check", "-"]
      let result = try Program.run(arguments, input: text)
      #expect(result.status == 65)
      #expect(
        result.errors == "tingle: <stdin>:3:5: unknown key 'surfce' in 'tap'; did you mean 'surface'?\n")
    }

    @Test("--set changes a layer's level and the master loudness of a mix")
    func set() throws {
      let folder = try TemporaryFolder()
      func level(_ more: [String]) throws -> Double {
        let path = folder.file("\(more.count).wav")
        let arguments =
          ["render", "--layer", "rain:surface=tent", "-o", path, "--duration", "5s", "--quiet"] + more
        #expect(try Program.run(arguments).status == 0)
        return Statistics.levelDB(try SoundFile(path).frames.dropFirst(96_000).map(\.x))
      }
      let quieter = try level(["--set", "layers.rain.level=-12dB"]) - level([])
      #expect(abs(quieter + 12) < 0.1)
      let loud = try level(["--set", "layers.rain.level=-12dB", "--set", "master.loudness=-20 LUFS"])
      #expect((-32.0...(-26)).contains(loud), "\(loud)")
    }

    @Test("an existing file is overwritten only with --force")
    func force() throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      let arguments = ["render", "--layer", "tap", "-o", path, "--duration", "2s"]
      let refused = try Program.run(arguments)
      #expect(refused.status == 73 && refused.errors.contains("use --force"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
      #expect(try Program.run(arguments + ["--force"]).status == 0)
      #expect(try SoundFile(path).frames.count == 96_000)
    }
  }
}
