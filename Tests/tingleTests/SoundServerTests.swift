import Foundation
import Measure
import Testing
import TingleMix

/// A PulseAudio server of the test's own, with a sink that leads nowhere.
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

  /// Starts it, also after it has ended.
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

  /// Records what the sink is given.
  func record() throws -> (recorder: Child, path: String) {
    let path = devices.folder.file("monitor.raw")
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let recorder = try Child(
      "/usr/bin/parec",
      ["-s", socket, "-d", "tingle.monitor", "--format=float32le", "--rate=48000", "--channels=2", "--raw"],
      output: file)
    // An idle sink's monitor gives silence; once that arrives, nothing of what is played will be missed.
    Program.eventually { Program.size(ofFile: path) > 0 }
    return (recorder, path)
  }

  func stop() { server?.end() }

  /// Lets it stand still, or go on.
  func stall(_ isStalled: Bool) { server?.signal(isStalled ? SIGSTOP : SIGCONT) }

  /// What a player needs to find this server and to be found itself.
  var environment: [String: String] {
    devices.environment.merging(["XDG_RUNTIME_DIR": devices.folder.path]) { $1 }
  }

  deinit { stop() }
}

extension ProgramTests {
  @Suite("A running sound server")
  struct SoundServerTests {
    @Test(
      "plays 12 s without an underrun while both cores are busy, and its monitor records what render writes",
      .alone)
    func busyCores() throws {
      let server = try SoundServer()
      let (recorder, recording) = try server.record()
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let load = try (0..<cores).map { _ in try Child("/bin/bash", ["-c", "while :; do :; done"]) }
      let played = try Program.run(
        ["play", "unwind", "--device", "server", "--duration", "12s"], environment: server.environment)
      for child in load { child.end() }
      #expect(played.status == 0)
      #expect(!played.errors.contains("broke off"), "\(played.errors)")
      usleep(500_000)
      recorder.end()

      let path = server.devices.folder.file("ref.wav")
      let rendered = try Program.run(["render", "unwind", "-o", path, "--bits", "float", "--duration", "12s"])
      #expect(rendered.status == 0)
      let wanted = try SoundFile(path).frames
      let recorded = try Devices.frames(recording)
      // A monitor that has given silence already cannot take it back: up to a tenth of a second of the fade-in may be missing
      // from it.
      let first = try #require(recorded.firstIndex { $0 != .zero })
      let lead = try #require(wanted.prefix(4800).firstIndex(of: recorded[first]))
      let heard = recorded[first...].prefix(wanted.count - lead)
      #expect(heard.count == wanted.count - lead)
      #expect(heard.elementsEqual(wanted[lead...]))
    }

    @Test("a server that dies ends it with one sentence and exit 69")
    func serverDies() throws {
      let server = try SoundServer()
      let path = server.devices.folder.file("heard.wav")
      let errors = Program.pipe()
      let player = try Child(
        Program.path,
        [
          "play", "sleep", "--set", "master.loudness=as mixed", "--device", "server", "--quiet", "--record",
          path,
        ],
        environment: server.environment, errors: errors.writing)
      close(errors.writing)
      Program.eventually {
        FileManager.default.fileExists(atPath: server.devices.folder.file("tingle.sock"))
      }
      usleep(1_500_000)
      #expect(player.isRunning)
      server.stop()
      #expect(player.wait() == 69)
      let said = String(decoding: Program.read(errors.reading), as: UTF8.self)
      #expect(said.hasPrefix("tingle: the audio device 'server' has disappeared"), "\(said)")
      // What was heard until then is kept.
      #expect(try SoundFile(path).frames.count > 9600)
      #expect(FileManager.default.fileExists(atPath: path + ".json"))
    }
  }
}
