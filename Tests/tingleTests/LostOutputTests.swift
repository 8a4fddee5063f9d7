import Foundation
import Measure
import Testing
import TingleSupport

extension ProgramTests {
  @Suite("Output errors")
  struct LostOutputTests {
    /// Runs a bash script in which `$T` is the program.
    private func bash(_ script: String, _ environment: [String: String] = [:]) throws -> Program.Result {
      try Program.run(
        ["-c", "T='\(Program.path)'; \(script)"], environment: environment, executable: "/bin/bash")
    }

    @Test(
      "an error on standard output is one line and exit status 74",
      arguments: [
        "triggers", "presets", "presets show sleep", "presets schema", "devices", "--help", "--version",
        "help render", "--generate-completion-script bash", "batch sleep -o out --lines",
        "batch sleep -o out --dry-run", "check --help",
      ])
    func full(arguments: String) throws {
      let full = try bash("$T \(arguments) >/dev/full")
      #expect(full.status == 74)
      #expect(full.errors == "tingle: cannot write to standard output: No space left on device\n")
      let closed = try bash("$T \(arguments) >&-")
      #expect(
        closed.status == 74 && closed.errors == "tingle: cannot write to standard output: it is closed\n")
    }

    @Test("a closed pipe ends the program silently with status 0")
    func gone() throws {
      let result = try bash("$T triggers | true; $T presets schema | true; echo ${PIPESTATUS[0]}")
      #expect(result.output == Data("0\n".utf8) && result.errors.isEmpty)
    }

    @Test("exceeding the file size limit is one line and exit status 74, and leaves no file")
    func tooLarge() throws {
      let folder = try TemporaryFolder()
      let mix = "--layer noise --duration 1s --quiet"
      for (limit, command) in [
        (4, "$T render \(mix) -o \(folder.file("a.mp3"))"),
        (4, "$T render \(mix) -o \(folder.file("a.opus"))"),
        (8, "$T render \(mix) -o \(folder.file("a.wav"))"), (0, "$T new a --from sleep"),
      ] {
        let result = try bash(
          "ulimit -f \(limit); \(command) | cat; exit ${PIPESTATUS[0]}", ["XDG_CONFIG_HOME": folder.path])
        #expect(
          result.status == 74 && result.errors.contains("file too large"), "\(command): \(result.errors)")
        #expect(FileSystem.names(in: folder.path).allSatisfy { $0 == "tingle" })
        #expect(FileSystem.names(in: folder.file("tingle/presets")).isEmpty)
      }
    }

    @Test("/dev/stdout and named pipes receive the same bytes as -o -")
    func streams() throws {
      let folder = try TemporaryFolder()
      let mix = "--layer noise --duration 1s --quiet"
      let script = """
        cd \(folder.path); mkfifo p.wav; cat p.wav > c.wav & $T render \(mix) -o p.wav; wait
        ln -s /dev/stdout out; $T render \(mix) -o out | cat > b.wav
        $T render \(mix) -o - > a.wav && cmp a.wav b.wav && cmp a.wav c.wav && test -p p.wav && test -L out
        """
      let result = try bash(script)
      #expect(result.status == 0, "\(result.errors)")
    }

    @Test("file names that are not UTF-8 keep their bytes, and are printed as \\x..")
    func bytes() throws {
      let folder = try TemporaryFolder()
      let script = """
        cd \(folder.path); cp \(Program.root)/Presets/sleep.yaml $'n\\xe9.yaml'
        $T presets check $'./n\\xe9.yaml' \
        && $T render $'./n\\xe9.yaml' --duration 1s --quiet -o $'n\\xe9.wav' \
        && ls $'n\\xe9.wav' && $T check $'m\\xe9.wav'; rm n*
        """
      let result = try bash(script)
      #expect(result.output == Data([0x6E, 0xE9]) + Data(".wav\n".utf8))
      #expect(result.errors == "tingle: 'm\\xE9.wav' cannot be read: no such file\n")
      let text = try bash("$T whisper $'caf\\xe9' -o \(folder.file("w.wav"))")
      #expect(text.status == 64 && text.errors.contains("not UTF-8"))
    }

    @Test("without HOME, nothing is written to /.config")
    func noHome() throws {
      let result = try bash("env -i $T presets show nothing-like-it; env -i $T new 'a b'")
      #expect(result.status == 64)
      #expect(!FileSystem.exists("/.config/tingle"))
    }
  }
}
