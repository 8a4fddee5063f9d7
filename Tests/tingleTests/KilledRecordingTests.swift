import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("A recording whose player was killed")
  struct KilledRecordingTests {
    @Test(
      "is recovered in every format by the next recording, and its log renders the same sound",
      arguments: ["wav", "flac", "ogg", "opus", "mp3"])
    func kept(ending: String) throws {
      let players = try Players()
      let path = players.folder.file("a.\(ending)")
      let options = ["--layer", "tap:pace=6/s", "--no-bed", "--quiet", "--fade-in", "0s", "--record", path]
      let player = try players.start("dark-noise", options)
      #expect(
        try Program.eventually(everySeconds: 0.1) {
          try players.json("status")["seconds"] as? Double ?? 0 > 7
        })
      player.end()
      #expect(!players.folder.names.contains("a.\(ending)"))

      let errorPath = players.folder.file("stderr")
      let next = try players.start("dark-noise", options, errors: errorPath)
      next.signal(SIGTERM)
      #expect(next.waits(atMost: 20) == 143)
      let kept = players.folder.file("a.unfinished.\(ending)")
      #expect(
        try String(contentsOfFile: errorPath, encoding: .utf8).hasPrefix(
          """
          tingle: recovered an unfinished recording as '\(kept)' and '\(kept).json'; \
          `tingle replay \(kept).json -o FILE` renders it
          """))
      let replayPath = players.folder.file("replay.wav")
      #expect(
        try Program.run(["replay", kept + ".json", "-o", replayPath, "--bits", "float", "--quiet"]).status
          == 0)
      // The provenance is in its own metadata field.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
      let field = ["wav": "TNGL", "flac": "TINGLE="][ending]
      #expect(field.map { bytes.range(of: Data($0.utf8)) != nil } ?? true)
      let (recorded, rendered) = (try SoundFile(kept).frames, try SoundFile(replayPath).frames)
      // The encoder's buffer and the time since the last line of the log are lost.
      #expect(
        recorded.count > 5 * 48_000 && rendered.count >= 5 * 48_000, "\(recorded.count), \(rendered.count)")
      let count = min(recorded.count, rendered.count, 5 * 48_000)
      #expect(Statistics.levelDB(recorded.prefix(count).map(\.x)) > -80)
      if ["wav", "flac"].contains(ending) {
        let worst =
          zip(recorded.prefix(count), rendered).map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max() ?? 1
        #expect(worst < 1e-6)
      }
    }
  }
}
