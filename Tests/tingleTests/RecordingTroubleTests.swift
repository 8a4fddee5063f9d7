import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("A recording on a slow or full disk")
  struct RecordingTroubleTests {
    private static let mix = [
      "play", "--layer", "noise", "--set", "master.loudness=as mixed", "--device", "null",
    ]

    @Test("a full disk is reported at once, the status is 74, and the log renders the whole performance")
    func fullDisk() throws {
      let folder = try TemporaryFolder()
      let path = folder.file("a.wav")
      // The limit is about five seconds of 24-bit stereo.
      let script = "ulimit -f 1500; exec \"$@\""
      let result = try Program.run(
        ["-c", script, "-", Program.path] + Self.mix + ["--for", "9s", "--record", path],
        executable: "/bin/bash")
      #expect(result.status == 74)
      let warning = try #require(
        result.errors.range(of: "tingle: the recording has stopped: cannot write '\(path)'"))
      let played = try #require(result.errors.range(of: "Played 0:09"))
      #expect(warning.lowerBound < played.lowerBound, "\(result.errors)")
      #expect(result.errors.contains("`tingle replay \(path).json -o FILE` renders it"))
      #expect(folder.names == ["a.wav.json"])
      let replayPath = folder.file("replay.wav")
      #expect(try Program.run(["replay", path + ".json", "-o", replayPath, "--quiet"]).status == 0)
      #expect(try SoundFile(replayPath).frames.count == 9 * 48_000)
    }

    @Test("a device without a clock waits for the recording, so that no frame is lost")
    func unclocked() throws {
      let folder = try TemporaryFolder()
      // The null device takes frames faster than they are encoded to MP3.
      let result = try Program.run(Self.mix + ["--for", "60s", "--record", folder.file("a.mp3")])
      #expect(result.status == 0, "\(result.errors)")
      #expect(folder.names == ["a.mp3", "a.mp3.json"])
      #expect(try SoundFile(folder.file("a.mp3")).frames.count >= 60 * 48_000)
      let log = try String(contentsOfFile: folder.file("a.mp3.json"), encoding: .utf8)
      #expect(!log.contains("\"lost\":") && log.contains("\"length\":\(60 * 48_000)"), "\(log)")
    }
  }
}
