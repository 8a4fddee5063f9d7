import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle check")
  struct CheckTests {
    private struct Entry: Decodable {
      let figure: String
      let value: Double?
      let pass: Bool?
    }

    @Test("the preset 'sleep' passes, and its rendered file measures the same")
    func sleep() throws {
      let folder = try TemporaryFolder()
      let preset = try Program.run(["check", "sleep", "--duration", "8m", "--json"])
      #expect(preset.status == 0, "\(String(decoding: preset.output, as: UTF8.self))")
      let entries = try JSONDecoder().decode([Entry].self, from: preset.output)
      #expect(entries.count == 18 && entries.allSatisfy { $0.pass != false })
      let file = folder.file("x.wav")
      #expect(try Program.run(["render", "sleep", "--duration", "8m", "--quiet", "-o", file]).status == 0)
      let measured = try Program.run(["check", file, "--for", "sleep", "--json"])
      for (a, b) in zip(entries, try JSONDecoder().decode([Entry].self, from: measured.output)) {
        #expect(abs((a.value ?? 0) - (b.value ?? 0)) < 0.2, "\(a.figure)")
      }
    }

    @Test("the chart's extension selects its format; errors of the chart are reported before measuring")
    func charts() throws {
      let folder = try TemporaryFolder()
      for (name, beginning) in [("x.png", "\u{89}PNG"), ("x.svg", "<?xml")] {
        let path = folder.file(name)
        _ = try Program.run(["check", "unwind", "--duration", "12s", "--chart", path])
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(data.count > 20_000)
        #expect(
          data.prefix(beginning.unicodeScalars.count)
            == Data(beginning.unicodeScalars.map { UInt8($0.value) }))
      }
      #expect(folder.names.sorted() == ["x.png", "x.svg"])
      let again = ["check", "unwind", "--duration", "2s", "--chart", folder.file("x.png")]
      #expect(try Program.run(again).status == 73)
      #expect(try Program.run(["check", "sleep", "--chart", "x.jpg"]).status == 64)
      let missing = try Program.run(["check", "sleep", "--chart", folder.file("no/x.png")])
      #expect(missing.status == 73 && missing.output.isEmpty)
    }

    @Test("a mono file has no stereo measurements, has the target loudness, and its tags tell its purpose")
    func mono() throws {
      let folder = try TemporaryFolder()
      let file = folder.file("x.wav")
      let words = ["render", "sleep", "--channels", "1", "--duration", "2m", "-o", file]
      let rendered = try Program.run(words)
      #expect(rendered.status == 0)
      let result = try Program.run(["check", file])
      let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
      #expect(lines.first == "measured for: sleep")
      #expect(!lines.contains { $0.hasPrefix("interaural correlation") || $0.hasPrefix("left-right") })
      let loudness = try #require(lines.first { $0.hasPrefix("integrated") })
      #expect(loudness.hasSuffix("pass"))
      let figure = try #require(loudness.split(separator: " ").dropFirst(2).first)
      #expect(rendered.errors.contains("\(figure) LUFS"), "\(rendered.errors) \(loudness)")
      #expect(try Program.run(["check", file, "--duration", "1m"]).status == 64)
    }

    @Test("a failed target is exit status 1; a file that is not a sound file is rejected")
    func failures() throws {
      let folder = try TemporaryFolder()
      let file = folder.file("x.wav")
      let rendered = try Program.run(
        ["render", "--layer", "tap:level=12dB,place=left ear", "--duration", "30s", "--quiet", "-o", file])
      #expect(rendered.status == 0)
      let result = try Program.run(["check", file, "--for", "sleep"])
      #expect(result.status == 1)
      let balance = String(decoding: result.output, as: UTF8.self).split(separator: "\n").first {
        $0.hasPrefix("left-right balance")
      }
      #expect(balance?.hasSuffix("FAIL") == true)
      try Data("no sound".utf8).write(to: URL(fileURLWithPath: folder.file("bad.wav")))
      #expect(try Program.run(["check", folder.file("bad.wav")]).status == 65)
      #expect(try Program.run(["check", "no-such-thing"]).status != 0)
    }
  }
}
