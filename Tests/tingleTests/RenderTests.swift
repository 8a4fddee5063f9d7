import CSndFile
import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle render")
  struct RenderTests {
    @Test(
      "renders a preset as long as asked, at its loudness, with its recipe in the file",
      arguments: [("sleep", -30.0), ("focus-on-work", -26), ("unwind", -26)])
    func presets(name: String, lufs: Double) throws {
      let folder = try TemporaryFolder()
      let result = try Program.run(["render", name, "-o", folder.file("a.wav"), "--duration", "30s"])
      #expect(result.status == 0)
      #expect(result.errors.contains("LUFS") && result.errors.contains("times real time"))
      let file = try SoundFile(folder.file("a.wav"))
      #expect(file.frames.count == 30 * 48000)
      #expect(file.comment?.contains("tingle render \(name) --seed 1 --duration 30s") == true)
      // A level is some decibels off a loudness, and the fades take some more.
      let level = Statistics.levelDB(file.frames[480_000..<960_000].map(\.x))
      #expect((lufs - 10...lufs + 6).contains(level), "\(level)")
      #expect(folder.names == ["a.wav"])
    }

    @Test("gives the same bytes on one thread and on three, and the tail of a track is what --start gives")
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

    @Test("writes to a pipe what it writes to a file, and nothing else")
    func pipe() throws {
      let folder = try TemporaryFolder()
      let mix = ["--layer", "tap:surface=glass", "--duration", "3s"]
      let piped = try Program.run(["render", "-o", "-"] + mix)
      #expect(piped.status == 0 && piped.errors.isEmpty)
      #expect(try Program.run(["render", "-o", folder.file("a.wav")] + mix).status == 0)
      try piped.output.write(to: URL(fileURLWithPath: folder.file("p.wav")))
      #expect(try SoundFile(folder.file("p.wav")).frames == SoundFile(folder.file("a.wav")).frames)
    }

    @Test("a reader that leaves early ends it quietly")
    func readerLeaves() throws {
      let result = try Program.run(
        ["-c", "'\(Program.path)' render sleep -o - | head -c 1000 >/dev/null; echo ${PIPESTATUS[0]}"],
        executable: "/bin/bash")
      #expect(String(decoding: result.output, as: UTF8.self) == "0\n" && result.errors.isEmpty)
    }

    @Test(
      "mistakes get one sentence and the right exit code",
      arguments: [
        (["render", "slep", "-o", "x.wav"], 66, "there is no preset 'slep'; did you mean 'sleep'?"),
        (["render", "sleep", "-o", "/no/such/x.wav"], 73, "the folder '/no/such' does not exist"),
        (["render", "sleep", "-o", "x.aiff"], 64, "unsupported file format '.aiff'"),
        (["render", "sleep", "-o", "/dev"], 64, "no extension"),
        (["render", "--layer", "tap:surface=wod", "-o", "x.wav"], 64, "did you mean 'wood'?"),
        (["render", "-o", "x.wav"], 64, "Say what to play"),
        (["render", "sleep", "-o", "x.wav", "--start", "9h"], 64, "--start 9h is not before the end (8h)"),
        (["render", "sleep", "-o", "x.wav", "--duration", "10"], 64, "--duration"),
        (["render", "sleep", "-o", "x.opus", "--rate", "44100"], 64, "Opus supports only 48000 Hz"),
        (["render", "sleep", "-o", "-", "--format", "flac"], 64, "-o - writes WAV"),
        (["render", "sleep", "-o", "x.wav", "--rate", "22050"], 64, "--rate is 44100"),
      ] as [([String], Int32, String)])
    func mistakes(arguments: [String], status: Int32, sentence: String) throws {
      let result = try Program.run(arguments)
      #expect(result.status == status)
      #expect(result.errors.contains(sentence), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: Program.root + "/x.wav"))
    }

    @Test("a preset's mistake is named with its place", arguments: ["render", "check"])
    func place(verb: String) throws {
      let text = "layers:\n  tap:\n    surfce: wood\n"
      let arguments = verb == "render" ? ["render", "-", "-o", "x.wav"] : ["presets", "check", "-"]
      let result = try Program.run(arguments, input: text)
      #expect(result.status == 65)
      #expect(
        result.errors == "tingle: <stdin>:3:5: unknown key 'surfce' in 'tap'; did you mean 'surface'?\n")
    }

    @Test("--set changes any value of a preset, or of a mix on the spot")
    func set() throws {
      let folder = try TemporaryFolder()
      func level(_ more: [String]) throws -> Double {
        let path = folder.file("\(more.count).wav")
        let arguments =
          ["render", "--layer", "rain:on=tent", "-o", path, "--duration", "5s", "--quiet"] + more
        #expect(try Program.run(arguments).status == 0)
        return Statistics.levelDB(try SoundFile(path).frames.dropFirst(96_000).map(\.x))
      }
      let quieter = try level(["--set", "layers.rain.level=-12dB"]) - level([])
      #expect(abs(quieter + 12) < 0.1)
      let loud = try level(["--set", "layers.rain.level=-12dB", "--set", "master.loudness=-20 LUFS"])
      #expect((-32.0...(-26)).contains(loud), "\(loud)")
    }

    @Test("an existing file needs --force")
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

extension ProgramTests {
  @Suite("Interrupted and failing renders")
  struct FaultTests {
    @Test(
      "Ctrl-C and SIGTERM leave the old file and nothing else",
      arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func signals(signal: Int32, status: Int32) throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      let process = try Child(Program.path, ["render", "sleep", "-o", path, "--force"])
      // Once the temporary file is there, it is at work.
      Program.eventually { folder.names.count >= 2 }
      usleep(200_000)
      process.signal(signal)
      #expect(process.wait() == status)
      #expect(folder.names == ["a.wav"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test("a full disk is one sentence and exit 74, and the old file stays")
    func fullDisk() throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      // A file may not grow beyond 400 kB: to the program, a disk that fills up.
      let script =
        "trap '' XFSZ; ulimit -f 400; exec '\(Program.path)' render sleep -o '\(path)' --force --duration 1m"
      let result = try Program.run(["-c", script], executable: "/bin/bash")
      #expect(result.status == 74)
      #expect(
        result.errors.hasPrefix("tingle: cannot write '\(path)': ")
          && result.errors.split(separator: "\n").count == 1)
      #expect(folder.names == ["a.wav"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")

      let full = try Program.run(
        ["-c", "'\(Program.path)' render sleep -o - >/dev/full"], executable: "/bin/bash")
      #expect(full.status == 74 && full.errors.contains("No space left"))
    }

    @Test("a device is not replaced by a file")
    func deviceFile() throws {
      let result = try Program.run(["render", "sleep", "-o", "/dev/null", "--format", "wav", "--force"])
      #expect(result.status == 73 && result.errors.contains("not a regular file"))
      var status = stat()
      #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test("a folder that may not be written to is exit 73")
    func noPermission() throws {
      let result = try Program.run(["render", "sleep", "-o", "/proc/a.wav", "--duration", "2s"])
      #expect(result.status == 73)
      #expect(result.errors.hasPrefix("tingle: cannot create '/proc/a.wav': "))
    }
  }
}

extension ProgramTests {
  @Suite("Lists")
  struct ListTests {
    @Test("presets are listed, shown and checked")
    func presets() throws {
      let list = String(decoding: try Program.run(["presets"]).output, as: UTF8.self)
      for name in ["sleep", "focus-on-work", "unwind"] { #expect(list.contains(name)) }
      #expect(!list.contains("mistake"))
      let shown = try Program.run(["presets", "show", "sleep"]).output
      #expect(shown == FileManager.default.contents(atPath: Program.root + "/Presets/sleep.yaml"))
      #expect(try Program.run(["presets", "check", "sleep", "focus-on-work", "unwind"]).status == 0)
    }

    @Test("triggers are listed with ranges, units and defaults")
    func triggers() throws {
      let list = String(decoding: try Program.run(["triggers"]).output, as: UTF8.self)
      for part in ["tap", "crinkle", "whisper", "noise", "default wood", "0.3/s to 12/s", "-80 dB to 24 dB"] {
        #expect(list.contains(part), "\(part)")
      }
      #expect(try Program.run(["triggers", "tab"]).status == 64)
    }

    @Test("devices are listed, help and version are there")
    func others() throws {
      #expect(String(decoding: try Program.run(["devices"]).output, as: UTF8.self).contains("null"))
      #expect(String(decoding: try Program.run(["--version"]).output, as: UTF8.self).hasPrefix("tingle "))
      #expect(try Program.run(["render", "--help"]).status == 0)
      #expect(try Program.run(["rendr"]).status == 64)
    }
  }
}
