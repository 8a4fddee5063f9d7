import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("A device that suspends or disappears")
  struct FrailDeviceTests {
    private static let library = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
      .appendingPathComponent("libFrailDevice.so").path

    enum Interruption: String, CaseIterable {
      case sleep, unplugged

      var remark: String {
        switch self {
        case .sleep: "resumed from suspend once"
        case .unplugged: "device reconnected once"
        }
      }
    }

    @Test(
      "playback fades in from silence after a system suspend and after a reconnect",
      arguments: Interruption.allCases)
    func interruption(_ interruption: Interruption) throws {
      let devices = try Devices(
        """
        pcm_type.frail { lib "\(Self.library)" }
        pcm.frail { type frail folder "FOLDER" }

        """)
      let path = devices.folder.file("heard.raw")
      /// Waits until the device has received a number of seconds.
      func wait(seconds: Double) {
        let bytes = Int(seconds * 48000) * 8
        #expect(Program.eventually { Program.size(ofFile: path) >= bytes })
      }
      let errors = Program.pipe()
      let player = try Child(
        Program.path,
        ["play", "--layer", "noise", "--device", "frail", "--fade-in", "0s", "--latency", "50ms"],
        environment: devices.environment, errors: errors.writing)
      close(errors.writing)
      wait(seconds: 1)
      #expect(
        FileManager.default.createFile(atPath: devices.folder.file(interruption.rawValue), contents: nil))
      if interruption == .unplugged {
        usleep(600_000)
        #expect(player.isRunning)
        unlink(devices.folder.file(interruption.rawValue))
      }
      wait(seconds: 5.5)
      player.signal(SIGINT)
      let message = String(decoding: Program.read(errors.reading), as: UTF8.self)
      #expect(player.wait() == 130)
      #expect(message.contains(interruption.remark), "\(message)")

      // Levels of blocks of 100 ms.
      let playedFrames = try Devices.frames(path).map(\.x)
      let levels = stride(from: 0, to: playedFrames.count - 4800, by: 4800).map {
        Statistics.levelDB(Array(playedFrames[$0..<$0 + 4800]))
      }
      let usual = levels[0..<8].reduce(0, +) / 8
      let quietest = try #require(levels.indices.prefix(30).min { levels[$0] < levels[$1] })
      #expect(levels[quietest] < usual - 30)
      #expect(levels[quietest + 5] > levels[quietest] + 10)
      #expect(levels[quietest + 10] < usual - 6)
      #expect(levels[quietest + 30] > usual - 6)
    }
  }
}
