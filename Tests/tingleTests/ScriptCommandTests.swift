import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle render --script")
  struct ScriptCommandTests {
    private static let script = "# Evening\nGood evening.\n[pause 3s]\n[tap glass for 5s]\n"

    @Test("--print-script prints the timetable without an output file")
    func timetable() throws {
      let folder = try TemporaryFolder()
      try Data(Self.script.utf8).write(to: URL(fileURLWithPath: folder.file("a.script")))
      let result = try Program.run(["render", "--script", folder.file("a.script"), "--print-script"])
      #expect(result.status == 0)
      let output = String(decoding: result.output, as: UTF8.self)
      for part in ["00:00.0          # Evening", "Good evening.", "3.0 s  [pause]", "5.0 s  [tap glass]"] {
        #expect(output.contains(part), "\(output)")
      }
      let other = try Program.run(["render", "relax", "--print-script"])
      #expect(other.status == 64 && other.errors.contains("'relax' has no script; name one with --script"))
    }

    @Test("slices of a script join to the same samples, and the file is as long as the script")
    func slices() throws {
      let folder = try TemporaryFolder()
      try Data(Self.script.utf8).write(to: URL(fileURLWithPath: folder.file("a.script")))
      let words = ["render", "--script", folder.file("a.script"), "-q", "-o"]
      #expect(try Program.run(words + [folder.file("whole.flac")]).status == 0)
      for k in 1...3 {
        #expect(try Program.run(words + [folder.file("\(k).flac"), "--slice", "\(k)/3"]).status == 0)
      }
      #expect(
        try Program.run(
          ["join", "-o", folder.file("joined.flac")] + (1...3).map { folder.file("\($0).flac") }
        ).status == 0)
      let whole = try SoundFile(folder.file("whole.flac")).frames
      #expect(try SoundFile(folder.file("joined.flac")).frames == whole)
      #expect((20...40).contains(whole.count / 48000))
    }

    @Test("an error in a script has its file, line and column, and status 65")
    func errors() throws {
      let folder = try TemporaryFolder()
      try Data("Hello.\n[clozer]\n".utf8).write(to: URL(fileURLWithPath: folder.file("a.script")))
      let result = try Program.run([
        "render", "--script", folder.file("a.script"), "-o", folder.file("a.wav"),
      ])
      #expect(result.status == 65)
      #expect(
        result.errors
          == "tingle: \(folder.file("a.script")):2:2: unknown direction 'clozer'; did you mean 'closer'?\n")
      let missing = try Program.run([
        "render", "--script", folder.file("b.script"), "-o", folder.file("a.wav"),
      ])
      #expect(missing.status == 66)
    }
  }
}
