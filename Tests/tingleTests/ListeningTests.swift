import Foundation
import Measure
import Testing
import TingleMix

extension ProgramTests {
  @Suite("Output device type, room and HRTF")
  struct ListeningTests {
    @Test("headphone, loudspeaker and mono output have the expected levels, and --room changes the sound")
    func outputs() throws {
      let folder = try TemporaryFolder()
      func render(_ more: [String]) throws -> [StereoFrame] {
        let file = folder.file("x.wav")
        let result = try Program.run(
          ["render", "--layer", "noise:place=left ear", "--duration", "3s", "-o", file, "--force", "--quiet"]
            + more)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        return try SoundFile(file).frames
      }
      func difference(_ frames: [StereoFrame]) -> Double {
        Statistics.levelDB(frames.map(\.x)) - Statistics.levelDB(frames.map(\.y))
      }
      #expect((10.0...25).contains(difference(try render([]))))
      #expect(difference(try render(["--speakers"])) > 60)
      let dry = try render([])
      #expect(try render(["--room", "hall"]) != dry)
      #expect(try render(["--room", "none"]) == dry)
      // Mono is the mean of the loudspeaker channels, not of the binaural ones.
      let mono = Statistics.levelDB(try render(["--channels", "1"]).map(\.x))
      let speakers = try render(["--speakers"]).map { 0.5 * ($0.x + $0.y) }
      #expect(abs(mono - Statistics.levelDB(speakers)) < 0.1)
    }

    @Test(
      "a missing or invalid SOFA file is an error of one line",
      arguments: [("no.sofa", 66), ("bad.sofa", 65)] as [(_, Int32)])
    func invalidHRTF(name: String, status: Int32) throws {
      let folder = try TemporaryFolder()
      try Data("no head".utf8).write(to: URL(fileURLWithPath: folder.file("bad.sofa")))
      let result = try Program.run(
        [
          "render", "focus-on-work", "--hrtf", folder.file(name), "-o", folder.file("x.wav"), "--duration",
          "1s",
        ])
      #expect(result.status == status)
      #expect(result.errors.contains(name) && result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder.file("x.wav")))
    }
  }
}
