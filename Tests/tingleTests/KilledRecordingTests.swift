import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("A recording whose player was killed")
  struct KilledRecordingTests {
    @Test(
      "is kept in every format when another begins, can be heard, and is rendered again from its log",
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

      let said = players.folder.file("said")
      let next = try players.start("dark-noise", options, errors: said)
      next.signal(SIGTERM)
      #expect(next.waits(atMost: 20) == 143)
      let kept = players.folder.file("a.unfinished.\(ending)")
      #expect(
        try String(contentsOfFile: said, encoding: .utf8).hasPrefix(
          """
          tingle: an earlier recording was not ended; it is kept as '\(kept)' and '\(kept).json'; \
          `tingle replay \(kept).json -o FILE` renders it again
          """))
      let again = players.folder.file("again.wav")
      #expect(
        try Program.run(["replay", kept + ".json", "-o", again, "--bits", "float", "--quiet"]).status == 0)
      // The provenance is in the field of its own.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
      let field = ["wav": "TNGL", "flac": "TINGLE="][ending]
      #expect(field.map { bytes.range(of: Data($0.utf8)) != nil } ?? true)
      let (heard, rendered) = (try SoundFile(kept).frames, try SoundFile(again).frames)
      // What an encoder had in hand, and what was played since the log's last line, is gone.
      #expect(heard.count > 5 * 48_000 && rendered.count >= 5 * 48_000, "\(heard.count), \(rendered.count)")
      let count = min(heard.count, rendered.count, 5 * 48_000)
      #expect(Statistics.levelDB(heard.prefix(count).map(\.x)) > -80)
      if ["wav", "flac"].contains(ending) {
        let worst =
          zip(heard.prefix(count), rendered).map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max() ?? 1
        #expect(worst < 1e-6)
      }
    }
  }
}
