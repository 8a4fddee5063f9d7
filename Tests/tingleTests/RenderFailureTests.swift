import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Interrupted and failing renders")
  struct RenderFailureTests {
    @Test(
      "SIGINT and SIGTERM leave only the existing file",
      arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func signals(signal: Int32, status: Int32) throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      let process = try Child(Program.path, ["render", "sleep", "-o", path, "--force"])
      // The render has started once its temporary file exists.
      Program.eventually { folder.names.count >= 2 }
      usleep(200_000)
      process.signal(signal)
      #expect(process.wait() == status)
      #expect(folder.names == ["a.wav"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test("a full disk is one line and exit status 74, and leaves the existing file")
    func fullDisk() throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      // The file size limit simulates a full disk.
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

    @Test("an unwritable folder is exit status 73")
    func noPermission() throws {
      let result = try Program.run(["render", "sleep", "-o", "/proc/a.wav", "--duration", "2s"])
      #expect(result.status == 73)
      #expect(result.errors.hasPrefix("tingle: cannot create '/proc/a.wav': "))
    }
  }
}
