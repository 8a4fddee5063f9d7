import Foundation
import Testing
import TinglePresets

@Suite("The shelf")
struct LibraryTests {
  private func shelf(_ files: [String: String]) throws -> (library: PresetLibrary, config: URL) {
    let config = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let folder = config.appendingPathComponent("tingle/presets")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let environment = ["XDG_CONFIG_HOME": config.path, "XDG_DATA_DIRS": "/nowhere", "HOME": "/nobody"]
    return (PresetLibrary(environment: environment, executable: "/opt/x/bin/tingle"), config)
  }

  @Test("looks here, in the user's folder, and where the program is installed, in that order")
  func folders() {
    let library = PresetLibrary(environment: ["HOME": "/home/a"], executable: "/opt/x/bin/tingle")
    #expect(
      library.folders == [
        "Presets", "/home/a/.config/tingle/presets", "/opt/x/share/tingle/presets",
        "/usr/local/share/tingle/presets", "/usr/share/tingle/presets",
      ])
  }

  @Test("finds by name and by path")
  func finding() throws {
    let (library, config) = try shelf(["mine.yaml": "bed:\n", "odd.txt": ""])
    defer { try? FileManager.default.removeItem(at: config) }
    #expect(library.entries().contains { $0.name == "mine" })
    #expect(!library.entries().contains { $0.name == "odd" })
    #expect(try library.preset("mine").name == "mine")
    #expect(try library.preset(config.path + "/tingle/presets/mine.yaml").mix.layers.count == 1)
  }

  @Test("says what is missing or unreadable")
  func missing() throws {
    let (library, config) = try shelf(["mine.yaml": "bed:\n"])
    defer { try? FileManager.default.removeItem(at: config) }
    #expect { try library.preset("mime") } throws: {
      ($0 as? PresetError)?.message == "there is no preset 'mime'; did you mean 'mine'?"
    }
    #expect { try library.preset("/no/such.yaml") } throws: { ($0 as? PresetError)?.kind == .notFound }
    let bad = config.appendingPathComponent("bad.yaml")
    try Data([0xFF, 0xFE, 0x00]).write(to: bad)
    #expect { try library.preset(bad.path) } throws: { ($0 as? PresetError)?.kind == .data }
  }
}
