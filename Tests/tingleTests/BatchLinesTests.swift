import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle batch: job lists")
  struct BatchLinesTests {
    private func text(_ result: Program.Result) -> String { String(decoding: result.output, as: UTF8.self) }

    @Test(
      "can have a byte order mark, and LF, CR LF or CR", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
      let lines = ["\u{FEFF}relax --duration 1s -o a.wav", "relax --duration 1s --seed 2 -o b.wav", ""]
      let result = try Program.run(["batch", "-", "--dry-run"], input: lines.joined(separator: end))
      #expect(result.status == 0 && text(result).contains("2 files, 0:02 of sound"), "\(result.errors)")
    }

    @Test("a plan can have a byte order mark", arguments: ["\n", "\r\n"])
    func planWithMark(end: String) throws {
      let folder = try TemporaryFolder()
      let plan = folder.file("plan.yaml")
      try Data("\u{FEFF}presets: [relax]\(end)durations: 1s\(end)folder: out\(end)".utf8).write(
        to: URL(fileURLWithPath: plan))
      let result = try Program.run(["batch", plan, "--lines"])
      #expect(text(result) == "tingle render relax --duration 1s -o out/relax.wav\n", "\(result.errors)")
    }

    @Test("a zero byte is reported with its location")
    func zeroByte() throws {
      let result = try Program.run(["batch", "-", "--dry-run"], input: "relax -o a.wav\nrelax -o b\0.wav\n")
      #expect(result.status == 65)
      #expect(result.errors == "tingle: <stdin>:2:11: not a text file: it contains a zero byte\n")
    }

    @Test(
      "a job whose text has line feeds is printed as one line that bash and GNU parallel run",
      arguments: ["bash", "parallel"])
    func oneLine(runner: String) throws {
      let folder = try TemporaryFolder()
      let plan = folder.file("plan.yaml")
      let text = "good night.\\nsleep well, it's late. $HOME `x` \\\\"
      try Data(
        """
        presets: [bedtime-whisper]
        durations: 1s
        folder: '\(folder.path)/out'
        set:
          - {name: "a'\\nb", layers.whisper.text: "\(text)"}
          - {name: c, layers.whisper.text: "good morning"}
        """.utf8
      ).write(to: URL(fileURLWithPath: plan))
      let lines = try Program.run(["batch", plan, "--lines"])
      #expect(lines.status == 0 && lines.output.count { $0 == 0x0A } == 2, "\(lines.errors)")
      try FileManager.default.createDirectory(
        atPath: folder.file("out"), withIntermediateDirectories: true)
      // The printed commands call `tingle`, which is not installed here.
      let tool = folder.file("tingle")
      try FileManager.default.createSymbolicLink(atPath: tool, withDestinationPath: Program.path)
      let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
      let run = try Program.run(
        runner == "bash" ? ["-s"] : ["--will-cite", "-j1"],
        environment: ["PATH": path, "PARALLEL_SHELL": "/bin/bash", "HOME": folder.path],
        executable: runner == "bash" ? "/bin/bash" : "/usr/bin/parallel",
        input: String(decoding: lines.output, as: UTF8.self))
      #expect(run.status == 0, "\(run.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("out")).sorted()
      #expect(names == ["bedtime-whisper-a'\nb.wav", "bedtime-whisper-c.wav"])
      // The batch accepts their files as its own.
      let batch = try Program.run(["batch", plan, "--json"])
      #expect(self.text(batch).contains("\"skipped\":2"), "\(self.text(batch)) \(batch.errors)")
    }

    @Test("a hundred thousand jobs are planned within 20 s of core time and 4 GB of address space")
    func many() throws {
      let folder = try TemporaryFolder()
      let plan = folder.file("plan.yaml")
      let jobs = (1...20_000).map { "  - {presets: relax, seeds: \($0), durations: 1s}\n" }.joined()
      try Data("folder: out\njobs:\n\(jobs)".utf8).write(to: URL(fileURLWithPath: plan))
      let lines = (1...100_000).map { "relax --seed \($0) --duration \($0 % 90 + 1)s -o '\($0).flac'\n" }
      for (arguments, input, count) in [
        (["relax", "-o", "out", "--seeds", "1..100000"], nil, 100_000), ([plan], nil, 20_000),
        (["-"], lines.joined(), 100_000),
      ] as [([String], String?, Int)] {
        // Typical core time is 1 to 3 s. `ulimit -v` limits address space in kB.
        let command = "ulimit -t 20; ulimit -v 4000000; exec '\(Program.path)' batch \"$@\" --dry-run"
        let result = try Program.run(
          ["-c", command, "tingle"] + arguments, executable: "/bin/bash", input: input)
        #expect(result.status == 0 && text(result).contains("\(count) files"), "\(result.errors)")
      }
    }

    @Test(
      "cached parsing of similar lines gives the parser's results, and errors name the line")
    func sameAsParsed() throws {
      let lines = [
        "relax --seed 3 --duration 2s -o a.wav", "relax --seed 4 --duration 3s -o b.flac",
        "relax --seed=5 --duration=4s --output=c.flac --bits 16",
        "relax --seed=6 --duration=5s --output=d.flac --bits 16",
        "relax --set master.gain=-3dB -o e.wav", "relax --set master.gain=-4dB -o f.wav",
      ]
      let plan = try Program.run(["batch", "-", "--dry-run"], input: lines.joined(separator: "\n"))
      for (line, length) in zip(
        text(plan).split(separator: "\n").dropFirst(), ["0:02", "0:03", "0:04", "0:05"])
      {
        #expect(line.contains(length), "\(line)")
      }
      for (line, sentence) in [
        ("relax --seed x --duration 2s -o b.wav", "--seed: 'x' is not a whole number"),
        ("relax --seed 3 --duration 2 -o b.wav", "--duration: '2' has no unit; write '2s'"),
        ("relax --seed 3 --duration 0s -o b.wav", "--duration must be from 1s to 168h (7 days)"),
        ("relax --seed 3 --duration 2s -o b.txt", "unsupported file format '.txt'"),
        ("relax --set master.gain=-3 -o b.wav", "--set master.gain: gain: '-3' has no unit; write '-3 dB'"),
      ] {
        let result = try Program.run(
          ["batch", "-", "--dry-run"], input: "\(lines[0])\n\(lines[4])\n\n\(line)\n")
        #expect(result.status == 64 && result.errors.contains("<stdin>:4:1: \(sentence)"), "\(result.errors)")
      }
    }

    /// Whether a process blocks a signal, in order to wait for it on a thread.
    private static func blocks(_ number: Int32, _ process: pid_t) -> Bool {
      let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
      let mask = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
      return mask & 1 << UInt64(number - 1) != 0
    }

    @Test(
      "a single signal ends the program while it plans or reads a pipe",
      arguments: [SIGINT, SIGTERM])
    func interrupted(number: Int32) throws {
      let folder = try TemporaryFolder()
      let fifo = folder.file("fifo")
      mkfifo(fifo, 0o600)
      mkfifo(fifo + ".yaml", 0o600)
      // Held open, so that a reader waits for more.
      let held = [open(fifo, O_RDWR), open(fifo + ".yaml", O_RDWR)]
      defer { for descriptor in held { close(descriptor) } }
      for arguments in [
        ["batch", "relax", "-o", "out", "--seeds", "1..999999", "--dry-run"], ["batch", "-", "-o", "out"],
        ["batch", fifo + ".yaml", "-o", "out"], ["render", "-", "-o", folder.file("x.wav")],
        ["render", "relax", "--text-file", fifo, "-o", folder.file("x.wav")], ["play", "-"],
        ["whisper", "--text-file", "-", "-o", folder.file("x.wav")],
        ["replay", fifo, "-o", folder.file("x.wav")], ["check", "-"], ["check", fifo + ".yaml"],
      ] {
        let pipe = Program.pipe()
        let child = try Child(Program.path, arguments, input: pipe.reading)
        defer { for end in [pipe.reading, pipe.writing] { close(end) } }
        // SIGINT as soon as signals are handled, SIGTERM 0.3 s later.
        #expect(Program.eventually { Self.blocks(number, child.identifier) }, "\(arguments)")
        usleep(number == SIGINT ? 0 : 300_000)
        child.signal(number)
        #expect(Program.eventually { !child.isRunning }, "\(arguments)")
        child.signal(SIGKILL)
        #expect(child.wait() == 128 + number, "\(arguments)")
      }
    }
  }
}
