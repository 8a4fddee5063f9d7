import Foundation
import Testing
import TingleDSP
import TingleMix
import TinglePresets
import TingleSupport

@Suite("Variations")
struct VariationTests {
  private static let evening = """
    title: Evening
    for: sleep
    duration: 30m
    bed: {colour: brown}
    layers:
      tap: {surface: wood, tool: nail, level: -9 dB, place: left}
      whisper: {text: good night}
    """

  private func preset(_ text: String) throws -> Preset {
    try PresetParser.parse(text, name: "mine", file: "mine.yaml") { name in
      guard name == "evening" else { throw Preset.missing(name) }
      return try PresetParser.parse(Self.evening, name: "evening", file: "evening.yaml")
    }
  }

  @Test("a preset that extends another keeps what it does not state")
  func different() throws {
    let same = try preset("extends: evening")
    #expect(same.name == "mine" && same.title == "mine" && same.mix.durationSeconds == 1800)
    #expect(same.mix.layers.map(\.name) == ["bed", "tap", "whisper"])
    #expect(same.mix.master.loudnessLUFS == -30)
    let varied = try preset(
      """
      for: awake
      extends: evening
      bed: none
      layers:
        tap: {surface: glass}
        crinkle:
      """)
    #expect(varied.mix.layers.map(\.name) == ["tap", "whisper", "crinkle"])
    let tap = try #require(varied.mix.layers[0].trigger as? Tap)
    #expect(tap.surface == .glass && tap.tool == .nail)
    #expect(varied.mix.layers[0].levelDB == -9 && varied.mix.layers[0].place?.position.azimuthDegrees == -45)
    #expect(varied.mix.master.loudnessLUFS == -26)
    #expect((varied.mix.layers[1].trigger as? Whisper)?.text == "good night")
  }

  @Test(
    "errors in a preset that extends another have their position",
    arguments: [
      ("extends: morning", "mine.yaml:1:10: extends: there is no preset 'morning'"),
      (
        "extends: evening\nlayers:\n  tpa: none",
        "mine.yaml:3:3: there is no layer 'tpa' to remove; did you mean 'tap'?"
      ),
      ("extends: [a]", "mine.yaml:1:10: extends takes a single value, not a list"),
      ("extends: evening\nlayers:\n  tap: {surface: wod}", "mine.yaml:3:18: surface: unknown value 'wod'"),
    ])
  func refused(text: String, message: String) throws {
    let error = try #require(expectedError(of: text) { try preset($0) })
    #expect(error.description.hasPrefix(message), "\(error)")
  }

  @Test("a preset that extends itself, directly or through others, is an error")
  func cycles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let presets = folder.appendingPathComponent("tingle/presets")
    try FileManager.default.createDirectory(at: presets, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, other) in [("one", "two"), ("two", "three"), ("three", "one"), ("four", "five")] {
      try Data("extends: \(other)\n".utf8).write(to: presets.appendingPathComponent("\(name).yaml"))
    }
    let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path], executable: nil)
    let error = try #require(expectedError(of: "one") { try library.preset($0) })
    #expect(error.description.hasSuffix("'one' extends itself through 2 other presets"), "\(error)")
    #expect(throws: UserError.self) { try library.preset("four") }
  }

  @Test("a path in 'extends' is relative to the preset's folder, and absolute in a copy")
  func paths() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let texts = [
      "base.yaml": "duration: 17m\nlayers: {tap: }", "sub/mine.yaml": "extends: ../base.yaml",
      "sub/other.yaml": "extends: ./mine.yaml", "sub/last.yaml": "extends: other.yaml",
    ]
    for (name, text) in texts { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let library = PresetLibrary(environment: [:], executable: nil)
    let preset = try library.preset(folder.appendingPathComponent("sub/last.yaml").path)
    #expect(preset.mix.durationSeconds == 1020 && preset.name == "last")
    let copy = try library.copy(
      of: library.text(of: folder.appendingPathComponent("sub/mine.yaml").path), as: "my-night")
    let read = try PresetParser.parse(copy, name: "my-night", file: "my-night.yaml") {
      try library.preset($0)
    }
    #expect(read.mix.durationSeconds == 1020 && read.title == "My night")
  }

  @Test("a copy cannot have the name of a preset that the source extends")
  func ancestors() throws {
    let library = PresetLibrary(environment: [:], executable: nil)
    let source = try library.text(of: "Presets/stay-asleep.yaml")
    #expect(throws: UserError.self) { try library.copy(of: source, as: "sleep") }
    #expect(try library.copy(of: source, as: "asleep").contains("extends: sleep"))
  }

  @Test(
    "a copy gets a title made from its name, with any line endings and YAML style",
    arguments: [
      "title: Old\r\nlayers:\r\n  tap:\r\n", "# about taps\r\ntitle: Old\r\nlayers: {tap: }\r\n",
      "---\nlayers: {tap: }\n", "title: >\n  Old\n  and long\n\nlayers: {tap: }\n", "layers: {tap: }",
    ])
  func copies(text: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("old.yaml").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let library = PresetLibrary(environment: [:], executable: nil)
    let copy = try library.copy(of: library.text(of: path), as: "new-one")
    let read = try PresetParser.parse(copy, name: "new-one", file: "new-one.yaml")
    #expect(read.title == "New one" && read.mix.layers.contains { $0.name == "tap" }, "\(copy)")
  }

  @Test("the schema has the root keys, all triggers, and the keys and surfaces of tap")
  func schema() throws {
    let object = try JSONSerialization.jsonObject(with: Data(PresetSchema.text().utf8))
    let root = try #require((object as? [String: Any])?["properties"] as? [String: Any])
    #expect(Set(["extends", "bed", "layers", "master", "title", "room", "for"]).isSubset(of: root.keys))
    let layers = try #require((root["layers"] as? [String: Any])?["properties"] as? [String: Any])
    #expect(Set(layers.keys) == Set(Catalogue.triggers.map { $0.name }))
    let tap = try #require(((layers["tap"] as? [String: Any])?["anyOf"] as? [[String: Any]])?.first)
    let keys = try #require(tap["properties"] as? [String: Any])
    #expect(
      Set(Tap.parameters.map(\.name) + ["level", "place", "role", "seed", "trigger"]) == Set(keys.keys))
    let surface = try #require((keys["surface"] as? [String: Any])?["enum"] as? [String])
    #expect(surface == Surface.allCases.map(\.rawValue))
    #expect(tap["additionalProperties"] as? Bool == false)
  }
}
