import Foundation
import Measure
import Testing

extension ProgramTests {
  @Suite("Playing live")
  struct LiveTests {
    private func control(_ words: [String], _ server: SoundServer) throws -> (
      status: Int32, output: String, errors: String
    ) {
      let result = try Program.run(["ctl"] + words, environment: server.environment)
      return (result.status, String(decoding: result.output, as: UTF8.self), result.errors)
    }

    /// The position in the track.
    private func seconds(_ server: SoundServer) throws -> Double {
      let json = try control(["status", "--json"], server).output
      let status = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      return status?["seconds"] as? Double ?? 0
    }

    /// Without a loudness target, playback starts at once.
    private static let play = [
      "play", "unwind", "--set", "master.loudness=as mixed", "--device", "server", "--latency", "50ms",
      "--quiet",
    ]

    /// A running player and the path of its socket.
    private static func player(on server: SoundServer, _ more: [String] = []) throws -> (Child, String) {
      let player = try Child(
        Program.path, play + more,
        environment: server.environment)
      let socket = server.devices.folder.file("tingle.sock")
      Program.eventually { FileManager.default.fileExists(atPath: socket) }
      return (player, socket)
    }

    @Test("ctl controls a player, and the replay of its log equals the recording bit for bit", .alone)
    func control() throws {
      let stolen = Machine.stolenTicks
      let server = try SoundServer()
      let folder = server.devices.folder
      let path = folder.file("live.wav")
      let (player, socket) = try Self.player(on: server, ["--record", path])
      var status = stat()
      #expect(stat(socket, &status) == 0 && status.st_mode & 0o777 == 0o600)
      for line in [
        ["level", "glass", "-20dB"], ["mute", "whisper"], ["sleep", "30m"],
        ["add", "tap:surface=tin,level=-9dB"],
        ["jump", "5m"], ["pause"], ["resume"],
      ] {
        #expect(try control(line, server).status == 0, "\(line)")
        usleep(250_000)
      }
      let invalid = try control(["level", "gloss", "3dB"], server)
      #expect(
        invalid.status == 64 && invalid.errors == "tingle: there is no layer 'gloss'; did you mean 'glass'?\n"
      )
      let json = try control(["status", "--json"], server).output
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      #expect((report["layers"] as? [Any])?.count == 5)
      #expect((report["seconds"] as? Double ?? 0) > 299)
      #expect(report["underruns"] as? Int == 0 || Machine.stolenTicks > stolen)
      // A second player does not remove the socket of the first one.
      let other = try Program.run(
        ["play", "sleep", "--device", "null", "--for", "1s", "--quiet"],
        environment: server.environment)
      #expect(other.status == 0)
      #expect(try control(["stop"], server).status == 0)
      #expect(player.wait() == 0)
      #expect(!FileManager.default.fileExists(atPath: socket))
      #expect(try control(["status"], server).status == 69)

      let replayPath = folder.file("replay.wav")
      #expect(try Program.run(["replay", path + ".json", "-o", replayPath, "--quiet"]).status == 0)
      let (recorded, replayed) = (try SoundFile(path).frames, try SoundFile(replayPath).frames)
      #expect(recorded.count > 48_000 && recorded == replayed)
    }

    @Test("a hundred clients per second, some of them faulty, cause no underrun", .alone)
    func clients() throws {
      let server = try SoundServer()
      let (player, socket) = try Self.player(on: server)
      // One connection each: some send nothing, some send a line that is too long and disconnect.
      let start = Date()
      for k in 0..<300 {
        let requests = [
          "status --json\n", "level glass -=0.1dB\n", "nonsense\n", "level glass +=0.1dB\nmute whisper\n",
        ]
        let bytes: [UInt8] =
          switch k % 10 {
          case 3: []
          case 4: [UInt8](repeating: 0xFF, count: 100_000) + [10]
          default: Array(requests[k % 4].utf8)
          }
        let answer = Client.exchange(bytes, at: socket, waits: k % 10 != 3 && k % 10 != 4)
        if k % 10 > 4 {
          #expect(answer.hasSuffix("ok\n") || answer.hasPrefix("error unknown command 'nonsense'"))
        }
        // The next client connects 10 ms after the last one, or at once if that time has passed.
        usleep(UInt32(1e6 * max(0, 0.01 * Double(k + 1) - Date().timeIntervalSince(start))))
      }
      #expect(Date().timeIntervalSince(start) < 9)
      let status = try control(["status"], server).output
      #expect(status.contains(", 0 underruns"), "\(status)")
      #expect(try control(["stop"], server).status == 0)
      #expect(player.wait() == 0)
    }

    @Test("MPRIS methods and properties pause, seek and stop the player")
    func mediaKeys() throws {
      let server = try SoundServer()
      let folder = server.devices.folder
      let address = "unix:path=\(folder.file("bus"))"
      let bus = try Child(
        "/usr/bin/dbus-daemon", ["--session", "--nofork", "--nosyslog", "--address=\(address)"],
        environment: server.environment)
      defer { bus.end() }
      Program.eventually { FileManager.default.fileExists(atPath: folder.file("bus")) }
      let environment = server.environment.merging(["DBUS_SESSION_BUS_ADDRESS": address]) { $1 }
      let player = try Child(
        Program.path, Self.play,
        environment: environment)
      func ask(_ words: String...) throws -> String {
        let options = [
          "--session", "--print-reply", "--dest=org.mpris.MediaPlayer2.tingle", "/org/mpris/MediaPlayer2",
        ]
        let result = try Program.run(
          options + words, environment: environment, executable: "/usr/bin/dbus-send")
        return String(decoding: result.output, as: UTF8.self) + result.errors
      }
      let get = "org.freedesktop.DBus.Properties.Get"
      let interface = "org.mpris.MediaPlayer2.Player"
      try Program.eventually {
        try ask(get, "string:\(interface)", "string:Rate").contains("double 1")
      }
      func status() throws -> String { try ask(get, "string:\(interface)", "string:PlaybackStatus") }
      #expect(try status().contains("Playing"))
      _ = try ask("\(interface).PlayPause")
      #expect(try status().contains("Paused"))
      _ = try ask("\(interface).Play")
      _ = try ask("\(interface).Seek", "int64:60000000")
      #expect(try ask(get, "string:\(interface)", "string:Metadata").contains("Unwind"))
      let position = try ask(get, "string:\(interface)", "string:Position")
      #expect(position.contains("int64 6"), "\(position)")
      #expect(try ask("\(interface).Fly").contains("UnknownMethod"))
      #expect(try ask("org.freedesktop.DBus.Introspectable.Introspect").contains("</node>"))
      _ = try ask("\(interface).Stop")
      #expect(player.wait() == 0)
    }

    @Test("an idle client is disconnected if there are 64 clients and another one connects")
    func idleClients() throws {
      let server = try SoundServer()
      let (player, socket) = try Self.player(on: server)
      let idle = (0..<64).map { _ in Client.connected(to: socket) }
      defer { for descriptor in idle { close(descriptor) } }
      #expect(try control(["status"], server).status == 0)
      #expect(try control(["stop"], server).status == 0)
      #expect(player.wait() == 0)
    }

    @Test("SIGTERM ends a player on a stalled sound server, and the recording is kept")
    func stuckAtTheEnd() throws {
      let server = try SoundServer()
      let path = server.devices.folder.file("recorded.wav")
      let (player, _) = try Self.player(on: server, ["--timer", "3s", "--record", path])
      try Program.eventually(everySeconds: 0.1) { try seconds(server) > 1.5 }
      server.stall(true)
      defer { server.stall(false) }
      usleep(1_000_000)
      player.signal(SIGTERM)
      #expect(player.wait() == 143)
      #expect(try SoundFile(path).frames.count > 48_000)
      // A new player reports that the server does not respond.
      let refused = try Program.run(
        ["play", "unwind", "--device", "server"], environment: server.environment)
      #expect(
        refused.status == 69 && refused.errors.contains("'server' does not respond"), "\(refused.errors)")
    }

    @Test("SIGINT ends a player on a stalled sound server within 4 s")
    func stuckServer() throws {
      let server = try SoundServer()
      let (player, _) = try Self.player(on: server)
      try Program.eventually(everySeconds: 0.1) { try seconds(server) > 1 }
      server.stall(true)
      defer { server.stall(false) }
      #expect(
        try Program.eventually { try control(["status"], server).output.contains("not responding") })
      player.signal(SIGINT)
      let start = Date()
      #expect(player.wait() == 130)
      #expect(Date().timeIntervalSince(start) < 4)
    }

    @Test("playback continues with a fade-in after the sound server has been restarted")
    func serverReturns() throws {
      let server = try SoundServer()
      let (player, _) = try Self.player(on: server)
      try Program.eventually(everySeconds: 0.1) { try seconds(server) > 2 }
      server.stop()
      usleep(700_000)
      #expect(player.isRunning)
      try server.start()
      let (recorder, recording) = try server.record()
      /// The recorded samples from the first nonzero one.
      func recordedSamples() throws -> ArraySlice<Float> {
        try Devices.frames(recording).map(\.x).drop { $0 == 0 }
      }
      #expect(try Program.eventually(everySeconds: 0.3) { try recordedSamples().count > 144_000 + 9600 })
      #expect(player.isRunning)
      #expect(try control(["stop"], server).status == 0)
      #expect(player.wait() == 0)
      recorder.end()
      let (start, later) = (
        Array(try recordedSamples().prefix(9600)),
        Array(try recordedSamples().dropFirst(144_000).prefix(9600))
      )
      #expect(Statistics.levelDB(start) < Statistics.levelDB(later) - 12)
    }
  }
}
