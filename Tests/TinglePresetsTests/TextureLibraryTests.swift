import Foundation
import Measure
import Testing
import TingleDSP
import TinglePresets
import TingleSupport

@Suite("Textures in presets")
struct TextureLibraryTests {
  private func texture(in preset: Preset) throws -> Texture {
    try #require(preset.mix.layers.first { $0.name == "texture" }?.trigger as? Texture)
  }

  private func parse(_ text: String, file: String) throws -> Preset {
    try PresetParser.parse(text, name: "mine", file: file)
  }

  @Test("a path is resolved against the preset's folder; the written preset names the same file")
  func beside() throws {
    let folder = try TemporaryFolder()
    var model = TextureModel()
    model.title = "Mine"
    try Data(model.text.utf8).write(to: URL(fileURLWithPath: folder.file("mine.texture")))
    for path in ["mine.texture", "./mine.texture", folder.file("mine.texture")] {
      let preset = try parse("layers: {texture: {file: \(path)}}", file: folder.file("night.yaml"))
      let texture = try texture(in: preset)
      #expect(texture.model?.title == "Mine" && texture.file == folder.file("mine.texture"))
      let again = try parse(PresetWriter.text(preset), file: "/elsewhere/x.yaml")
      #expect(try self.texture(in: again).model?.title == "Mine")
    }
    let layer = try LayerSpec.parse("texture:file=\(folder.file("mine.texture")),softness=0.5")
    #expect((layer.trigger as? Texture)?.model?.title == "Mine")
  }

  @Test("a name is that of a shipped texture")
  func shipped() throws {
    let texture = try texture(in: parse("layers: {texture: {file: vent}}", file: "x.yaml"))
    #expect(texture.file == "vent" && texture.model == nil)
    #expect(ShippedTextures.model(named: "vent") != nil)
    let names = TextureLibrary.entries().map(\.name)
    #expect(names.contains("surf") && names == names.sorted())
  }

  @Test(
    "an error names the file and the reason",
    arguments: [
      ("srf", "x.yaml:1:26: file: there is no texture 'srf'; did you mean 'surf'?"),
      ("gone.texture", "gone.texture' cannot be read: no such file"),
      ("/dev/null/x", "part of the path is not a folder"),
      ("bad.texture", "bad.texture', line 1: this is not a texture"),
    ])
  func refused(file: String, message: String) throws {
    let folder = try TemporaryFolder()
    try Data("RIFF".utf8).write(to: URL(fileURLWithPath: folder.file("bad.texture")))
    let error = try #require(
      expectedError(of: "layers: {texture: {file: \(file)}}") {
        try parse($0, file: folder.file("x.yaml"))
      })
    #expect(error.description.contains(message), "\(error)")
  }
}
