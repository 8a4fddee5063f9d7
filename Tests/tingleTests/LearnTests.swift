import Foundation
import Measure
import Testing
import TingleDSP

extension ProgramTests {
  @Suite("tingle learn")
  struct LearnTests {
    /// Renders a sound to learn from.
    private func sound(_ file: String, _ duration: String, _ layer: String = "noise") throws {
      let arguments = ["render", "--layer", layer, "--no-bed", "--duration", duration, "-o", file]
      #expect(try Program.run(arguments + ["--fade-in", "0s", "--fade-out", "0s"]).status == 0)
    }

    @Test("a recording becomes a texture, a chart and a report, and the texture can be rendered")
    func learn() throws {
      let folder = try TemporaryFolder()
      let (wav, texture) = (folder.file("fan.wav"), folder.file("fan.texture"))
      try sound(wav, "12s", "texture:file=vacuum")
      let arguments = [
        "learn", wav, "-o", texture, "--chart", folder.file("fan.png"), "--name", "Fan", "--credit", "me",
      ]
      let result = try Program.run(arguments)
      #expect(result.status == 0, "\(result.errors)")
      let report = String(decoding: result.output, as: UTF8.self)
      #expect(report.contains("learned from 12.0 s, stereo") && report.contains("no separate events"))
      let text = try String(contentsOfFile: texture, encoding: .utf8)
      let model = try TextureModel(text: text)
      #expect(model.title == "Fan" && model.credit == "me" && model.events == nil)
      #expect(
        FileManager.default.contents(atPath: folder.file("fan.png"))?.starts(with: [0x89, 0x50]) == true)
      #expect(try Program.run(arguments).status == 73)
      let layer = "texture:file=\(texture)"
      let render = ["render", "--layer", layer, "--duration", "5s", "-o", folder.file("a.wav")]
      #expect(try Program.run(render).status == 0)
      let levels = Statistics.levelDB(try SoundFile(folder.file("a.wav")).frames.map(\.x))
      #expect((-45.0...(-20)).contains(levels), "\(levels)")
    }

    @Test("recordings that cannot be learned are refused with a sentence")
    func refused() throws {
      let folder = try TemporaryFolder()
      try sound(folder.file("short.wav"), "5s")
      for (arguments, status, message) in [
        ([folder.file("short.wav")], Int32(65), "5.0 s of sound to learn from; at least 10 s"),
        ([folder.file("none.wav")], 66, "no such file"),
        ([folder.file("short.wav"), "--start", "5s", "--end", "2s"], 64, "--end is not after --start"),
        ([folder.file("short.wav"), "-o", folder.file("x.txt")], 64, "needs the extension .texture"),
        ([folder.file("short.wav"), "--chart", "x.gif"], 64, "no known extension"),
      ] {
        let output = arguments.contains("-o") ? [] : ["-o", folder.file("x.texture")]
        let result = try Program.run(["learn"] + arguments + output)
        #expect(result.status == status && result.errors.contains(message), "\(result.errors)")
      }
      #expect(!folder.names.contains("x.texture"))
    }

    @Test("textures are listed with their sources")
    func list() throws {
      let list = String(decoding: try Program.run(["textures"]).output, as: UTF8.self)
      for entry in ShippedTextures.all {
        #expect(list.contains(entry.name) && list.contains(entry.model.credit))
      }
    }
  }
}
