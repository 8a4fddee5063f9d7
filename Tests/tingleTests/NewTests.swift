import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("tingle new")
  struct NewTests {
    @Test("creates a preset that renders by its name; overwrites only with --force; reports name conflicts")
    func creates() throws {
      let folder = try TemporaryFolder()
      let home = ["XDG_CONFIG_HOME": folder.file("config")]
      let created = try Program.run(["new", "my-evening", "--from", "unwind"], environment: home)
      #expect(created.status == 0, "\(created.errors)")
      let path = String(decoding: created.output, as: UTF8.self).trimmingCharacters(in: .newlines)
      #expect(path == folder.file("config") + "/tingle/presets/my-evening.yaml")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("glass") && text.contains("\ntitle: My evening\n"))
      let rendered = try Program.run(
        ["render", "my-evening", "--duration", "2s", "-o", folder.file("x.wav")], environment: home)
      #expect(rendered.status == 0, "\(rendered.errors)")
      let again = try Program.run(["new", "my-evening"], environment: home)
      #expect(again.status == 64 && again.errors.contains("--force"))
      #expect(try Program.run(["new", "my-evening", "--force"], environment: home).status == 0)
      let piped = try Program.run(
        ["new", "piped", "--from", "-"], environment: home, input: "layers: {tap: }")
      #expect(piped.status == 0, "\(piped.errors)")
      let hidden = try Program.run(["new", "sleep"], environment: home)
      #expect(
        hidden.status == 0 && hidden.errors.hasPrefix("tingle: 'sleep' still refers to Presets/sleep.yaml"))
      #expect(try Program.run(["new", "../x"], environment: home).status == 64)
      #expect(try Program.run(["new", "x", "--from", "unwnd"], environment: home).status == 66)
    }
  }
}
