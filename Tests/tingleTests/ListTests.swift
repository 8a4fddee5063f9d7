import Foundation
import Testing

extension ProgramTests {
  @Suite("Lists")
  struct ListTests {
    @Test("presets are listed, shown and checked")
    func presets() throws {
      let list = String(decoding: try Program.run(["presets"]).output, as: UTF8.self)
      for name in ["sleep", "focus-on-work", "unwind"] { #expect(list.contains(name)) }
      #expect(!list.contains("(invalid"))
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

    @Test("devices lists the null device; --version and --help work; an unknown command is status 64")
    func others() throws {
      #expect(String(decoding: try Program.run(["devices"]).output, as: UTF8.self).contains("null"))
      #expect(String(decoding: try Program.run(["--version"]).output, as: UTF8.self).hasPrefix("tingle "))
      #expect(try Program.run(["render", "--help"]).status == 0)
      #expect(try Program.run(["rendr"]).status == 64)
    }
  }
}
