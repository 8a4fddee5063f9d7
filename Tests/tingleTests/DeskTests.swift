import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("The mixing desk")
  struct DeskTests {
    /// Without a loudness target, playback starts at once.
    private static let play =
      "'\(Program.path)' play unwind --set 'master.loudness=as mixed' --device server"

    @Test("shows the layers, performs its keys, follows the window size, and restores the terminal")
    func desk() throws {
      let stolen = Machine.stolenTicks
      let server = try SoundServer()
      let folder = server.devices.folder
      let terminal = try PseudoTerminal(
        folder, "\(Self.play) --latency 50ms",
        environment: server.environment)
      #expect(terminal.shows("> bed") && terminal.shows("LUFS"))
      try terminal.press("j", "j", "l", "l", "m")
      #expect(terminal.shows("> glass") && terminal.shows("-7.0 dB M"))
      try terminal.press("u", "u")
      #expect(terminal.shows("-8.0 dB  "))
      try terminal.press("?")
      #expect(terminal.shows("sleep timer"))
      // In a small window the key help has pages.
      try terminal.resize(40, 12)
      #expect(terminal.shows("any key: next page"))
      try terminal.press("x", "x")
      #expect(terminal.shows("fade out and end"))
      // The key that closes the help has no other effect.
      try terminal.press("q")
      #expect(terminal.shows("? help"))
      try terminal.press(":")
      try terminal.type("level glass")
      try terminal.resize(1, 3)
      try terminal.resize(100, 24)
      #expect(terminal.shows(":level glass"))
      try terminal.press("Escape")
      #expect(terminal.shows("? help"))
      try terminal.answer("e", "place orbit 20cm 15s")
      #expect(terminal.shows("orbit 0° 20cm 15s"))
      try terminal.answer("z", "12m")
      #expect(terminal.shows("(sleep)"))
      try terminal.answer(":", "level missing 3dB")
      #expect(terminal.shows("there is no layer 'missing'"))
      try terminal.resize(60, 12)
      #expect(terminal.shows("> glass"))
      try terminal.resize(100, 24)
      try terminal.press("Space")
      #expect(terminal.shows("paused"))
      try terminal.press("Space")
      try terminal.answer(":", "q")
      #expect(terminal.shows("ended with 0"))
      #expect(terminal.shows("echo is on"), "\(terminal.screen)")
      #expect(terminal.shows("0 underruns") || Machine.stolenTicks > stolen, "\(terminal.screen)")
    }

    @Test(
      "a signal ends the player, and the terminal is restored, also after a crash",
      arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGABRT, 134), (SIGSEGV, 139)])
    func signals(signal: Int32, status: Int) throws {
      let server = try SoundServer()
      let terminal = try PseudoTerminal(
        server.devices.folder, Self.play,
        environment: server.environment)
      #expect(terminal.shows("> bed"))
      kill(try #require(terminal.programIdentifier), signal)
      #expect(terminal.shows("ended with \(status)"), "\(terminal.screen)")
      #expect(terminal.shows("echo is on"))
    }

    @Test(
      "Ctrl-Z fades out and stops; the player continues in the background, and its desk in the foreground"
    )
    func suspended() throws {
      let stolen = Machine.stolenTicks
      let server = try SoundServer()
      let terminal = try PseudoTerminal(
        server.devices.folder,
        "set -m; \(Self.play); echo stopped; sleep 1; bg; sleep 2; jobs; sleep 1; fg",
        environment: server.environment)
      #expect(terminal.shows("> bed"))
      try terminal.press("C-z")
      #expect(terminal.shows("stopped"))
      #expect(terminal.shows("Running"), "\(terminal.screen)")
      #expect(terminal.shows("> bed") && terminal.shows("left"))
      usleep(500_000)
      try terminal.press("q")
      #expect(terminal.shows("ended with 0"))
      // The stop counts neither as an underrun nor as a system suspend.
      #expect(!terminal.screen.contains("resumed"), "\(terminal.screen)")
      #expect(terminal.shows("0 underruns") || Machine.stolenTicks > stolen, "\(terminal.screen)")
    }
  }
}
