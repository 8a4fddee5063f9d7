import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("A device that stumbles")
  struct FrailDeviceTests {
    private static let library = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
      .appendingPathComponent("libFrailDevice.so").path

    enum Stumble: String, CaseIterable {
      case sleep, unplugged

      var remark: String {
        switch self {
        case .sleep: "woke 1 time"
        case .unplugged: "the device came back 1 time"
        }
      }
    }

    @Test(
      "after the machine has slept, or the headset was unplugged, it is played to again, from silence",
      arguments: Stumble.allCases)
    func stumbles(_ stumble: Stumble) throws {
      let devices = try Devices(
        """
        pcm_type.frail { lib "\(Self.library)" }
        pcm.frail { type frail folder "FOLDER" }

        """)
      let path = devices.folder.file("heard.raw")
      /// Waits until so much has been heard.
      func hear(_ seconds: Double) {
        let bytes = Int(seconds * 48000) * 8
        #expect(Program.eventually { Program.size(ofFile: path) >= bytes })
      }
      let errors = Program.pipe()
      let player = try Child(
        Program.path,
        ["play", "--layer", "noise", "--device", "frail", "--fade-in", "0s", "--latency", "50ms"],
        environment: devices.environment, errors: errors.writing)
      close(errors.writing)
      hear(1)
      #expect(FileManager.default.createFile(atPath: devices.folder.file(stumble.rawValue), contents: nil))
      if stumble == .unplugged {
        usleep(600_000)
        #expect(player.isRunning)
        unlink(devices.folder.file(stumble.rawValue))
      }
      hear(5.5)
      player.signal(SIGINT)
      let said = String(decoding: Program.read(errors.reading), as: UTF8.self)
      #expect(player.wait() == 130)
      #expect(said.contains(stumble.remark), "\(said)")

      // Tenths of a second, and the last of them before the stop.
      let heard = try Devices.frames(path).map(\.x)
      let levels = stride(from: 0, to: heard.count - 4800, by: 4800).map {
        Statistics.levelDB(Array(heard[$0..<$0 + 4800]))
      }
      let usual = levels[0..<8].reduce(0, +) / 8
      let dip = try #require(levels.indices.prefix(30).min { levels[$0] < levels[$1] })
      #expect(levels[dip] < usual - 30)
      #expect(levels[dip + 5] > levels[dip] + 10)
      #expect(levels[dip + 10] < usual - 6)
      #expect(levels[dip + 30] > usual - 6)
    }
  }
}
