import Foundation
import Measure
import Testing
import TingleMix

/// A PulseAudio server for a test, with a null sink.
final class SoundServer {
  let devices: Devices
  private let socket: String
  private var server: Child?

  init() throws {
    devices = try Devices("pcm.server { type pulse server \"unix:FOLDER/native\" device \"tingle\" }\n")
    let folder = devices.folder
    socket = "unix:" + folder.file("native")
    let script = """
      load-module module-native-protocol-unix socket=\(folder.file("native")) auth-anonymous=1
      load-module module-null-sink sink_name=tingle format=float32le rate=48000 channels=2

      """
    try script.write(toFile: folder.file("server.pa"), atomically: true, encoding: .utf8)
    try start()
  }

  /// Starts the server, or restarts it.
  func start() throws {
    let folder = devices.folder
    let options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    unlink(folder.file("native"))
    server = try Child(
      "/usr/bin/pulseaudio", ["-n", "-F", folder.file("server.pa")] + options,
      environment: ["XDG_RUNTIME_DIR": folder.path, "HOME": folder.path])
    Program.eventually { FileManager.default.fileExists(atPath: folder.file("native")) }
    usleep(300_000)
  }

  /// Records the monitor of the sink to a raw file.
  func record() throws -> (recorder: Child, path: String) {
    let path = devices.folder.file("monitor.raw")
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let recorder = try Child(
      "/usr/bin/parec",
      ["-s", socket, "-d", "tingle.monitor", "--format=float32le", "--rate=48000", "--channels=2", "--raw"],
      output: file)
    // The monitor of an idle sink gives silence; once that arrives, the recording is complete from here on.
    Program.eventually { Program.size(ofFile: path) > 0 }
    return (recorder, path)
  }

  func stop() { server?.end() }

  /// Stops the server with SIGSTOP, or continues it.
  func stall(_ isStalled: Bool) { server?.signal(isStalled ? SIGSTOP : SIGCONT) }

  /// The environment of players: this server, and the folder of their sockets.
  var environment: [String: String] {
    devices.environment.merging(["XDG_RUNTIME_DIR": devices.folder.path]) { $1 }
  }

  deinit { stop() }
}

extension ProgramTests {
  @Suite("A running sound server")
  struct SoundServerTests {
    @Test(
      "plays 12 s without an underrun on busy cores, and its monitor records what render writes",
      .alone)
    func busyCores() throws {
      // An attempt in which the hypervisor stopped the cores says nothing about the player.
      for _ in 0..<4 {
        let stolen = Machine.stolenTicks
        let (errors, recorded, wanted) = try playOnBusyCores()
        let isInterrupted = errors.contains("interrupted")
        if isInterrupted, Machine.stolenTicks > stolen { continue }
        #expect(!isInterrupted, "\(errors)")
        // The monitor is ahead with silence: up to 100 ms of the fade-in can be missing.
        let first = try #require(recorded.firstIndex { $0 != .zero })
        let lead = try #require(wanted.prefix(4800).firstIndex(of: recorded[first]))
        let playedFrames = recorded[first...].prefix(wanted.count - lead)
        #expect(playedFrames.count == wanted.count - lead)
        #expect(playedFrames.elementsEqual(wanted[lead...]))
        return
      }
    }

    /// Plays 12 s while every core is busy.
    /// - Returns: the player's messages, the frames that the monitor recorded, and those that render writes.
    private func playOnBusyCores() throws -> (
      errors: String, recorded: [StereoFrame], wanted: [StereoFrame]
    ) {
      let server = try SoundServer()
      let (recorder, recording) = try server.record()
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let load = try (0..<cores).map { _ in try Child("/bin/bash", ["-c", "while :; do :; done"]) }
      let played = try Program.run(
        ["play", "unwind", "--device", "server", "--duration", "12s"], environment: server.environment)
      for child in load { child.end() }
      #expect(played.status == 0)
      usleep(500_000)
      recorder.end()

      let path = server.devices.folder.file("ref.wav")
      let rendered = try Program.run(["render", "unwind", "-o", path, "--bits", "float", "--duration", "12s"])
      #expect(rendered.status == 0)
      return try (played.errors, Devices.frames(recording), SoundFile(path).frames)
    }

    @Test("that is killed ends the player with status 69, and the recording is kept")
    func serverDies() throws {
      let server = try SoundServer()
      let path = server.devices.folder.file("recorded.wav")
      let part = server.devices.folder.file(".recorded.wav.part")
      let errors = Program.pipe()
      let player = try Child(
        Program.path,
        [
          "play", "sleep", "--set", "master.loudness=as mixed", "--device", "server", "--quiet", "--record",
          path,
        ],
        environment: server.environment, errors: errors.writing)
      close(errors.writing)
      #expect(Program.eventually { Program.size(ofFile: part) > 200_000 })
      #expect(player.isRunning)
      server.stop()
      #expect(player.wait() == 69)
      let message = String(decoding: Program.read(errors.reading), as: UTF8.self)
      #expect(message.hasPrefix("tingle: the audio device 'server' has disappeared"), "\(message)")
      #expect(try SoundFile(path).frames.count > 9600)
      #expect(FileManager.default.fileExists(atPath: path + ".json"))
    }
  }
}
