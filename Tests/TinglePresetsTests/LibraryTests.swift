import Foundation
import Testing
import TinglePresets
import TingleSupport

@Suite("Preset folders")
struct LibraryTests {
  private func library(_ files: [String: String]) throws -> (library: PresetLibrary, config: URL) {
    let config = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let folder = config.appendingPathComponent("tingle/presets")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let environment = ["XDG_CONFIG_HOME": config.path, "XDG_DATA_DIRS": "/nowhere", "HOME": "/nobody"]
    return (PresetLibrary(environment: environment, executable: "/opt/x/bin/tingle"), config)
  }

  @Test("the search order is ./Presets, the user's folder, the installation folders")
  func folders() {
    let library = PresetLibrary(environment: ["HOME": "/home/a"], executable: "/opt/x/bin/tingle")
    #expect(
      library.folders == [
        "Presets", "/home/a/.config/tingle/presets", "/opt/x/share/tingle/presets",
        "/usr/local/share/tingle/presets", "/usr/share/tingle/presets",
      ])
  }

  @Test("a preset is found by its name and by its path")
  func finding() throws {
    let (library, config) = try library(["mine.yaml": "bed:\n", "odd.txt": ""])
    defer { try? FileManager.default.removeItem(at: config) }
    #expect(library.entries().contains { $0.name == "mine" })
    #expect(!library.entries().contains { $0.name == "odd" })
    #expect(try library.preset("mine").name == "mine")
    #expect(try library.preset(config.path + "/tingle/presets/mine.yaml").mix.layers.count == 1)
  }

  // The working directory is the package's, which has a folder `Tests`.
  @Test("a name selects the preset even if a folder has the same name; a path selects the folder")
  func precedence() throws {
    let (library, config) = try library(["Tests.yaml": "bed:\n", "b.yml": "bed:\n"])
    defer { try? FileManager.default.removeItem(at: config) }
    #expect(FileManager.default.fileExists(atPath: "Tests"))
    #expect(library.contains(name: "Tests") && !library.contains(name: "./Tests"))
    #expect(library.expanded("Tests") == ["Tests"])
    #expect(library.expanded("./Tests").isEmpty)
    let folder = config.path + "/tingle/presets"
    let paths = ["\(folder)/Tests.yaml", "\(folder)/b.yml"]
    #expect(library.expanded(folder) == paths && library.expanded(folder + "/") == paths)
    #expect(library.expanded("\(folder)/*.y*ml") == paths)
    #expect(library.expanded("\(folder)/b.yml") == ["\(folder)/b.yml"])
    // A match of a pattern in the working directory becomes a path; folders do not match.
    #expect(library.expanded("Package.s*") == ["./Package.swift"])
    #expect(library.expanded("Test*").isEmpty)
    #expect(library.expanded("no-such-name") == ["no-such-name"])
    #expect { try library.preset("README.md") } throws: {
      "\($0)" == "there is no preset 'README.md'; for the file, write './README.md'"
    }
  }

  @Test("an unknown name suggests a similar one; a missing path and a file that is not text are errors")
  func missing() throws {
    let (library, config) = try library(["mine.yaml": "bed:\n"])
    defer { try? FileManager.default.removeItem(at: config) }
    #expect { try library.preset("mime") } throws: {
      ($0 as? UserError)?.message == "there is no preset 'mime'; did you mean 'mine'?"
    }
    #expect { try library.preset("/no/such.yaml") } throws: { ($0 as? UserError)?.kind == .noInput }
    let bad = config.appendingPathComponent("bad.yaml")
    try Data([0xFF, 0xFE, 0x00]).write(to: bad)
    #expect { try library.preset(bad.path) } throws: { ($0 as? UserError)?.kind == .data }
  }
}
