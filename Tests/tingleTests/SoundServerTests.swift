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
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: folder.file("native")) { usleep(20_000) }
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
    for _ in 0..<500 where (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0 == 0
    {
      usleep(20_000)
    }
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
      "plays 20 s without an underrun while both cores are busy, and its monitor records what render writes")
    func busyCores() throws {
      let server = try SoundServer()
      let (recorder, recording) = try server.record()
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let load = try (0..<cores).map { _ in try Child("/bin/bash", ["-c", "while :; do :; done"]) }
      let played = try Program.run(
        ["play", "unwind", "--device", "server", "--duration", "20s"], environment: server.devices.environment
      )
      for child in load { child.end() }
      #expect(played.status == 0)
      #expect(!played.errors.contains("broke off"), "\(played.errors)")
      usleep(500_000)
      recorder.end()

      let path = server.devices.folder.file("ref.wav")
      let rendered = try Program.run(["render", "unwind", "-o", path, "--bits", "float", "--duration", "20s"])
      #expect(rendered.status == 0)
      let wanted = try SoundFile(path).frames
      let recorded = try Devices.frames(recording)
      let first = try #require(recorded.firstIndex { $0 != .zero })
      let lead = try #require(wanted.firstIndex { $0 != .zero })
      try #require(first >= lead)
      let heard = recorded.dropFirst(first - lead).prefix(wanted.count)
      #expect(heard.count == wanted.count)
      #expect(heard.elementsEqual(wanted))
    }

    @Test("a server that dies ends it with one sentence and exit 69")
    func serverDies() throws {
      let server = try SoundServer()
      let path = server.devices.folder.file("heard.wav")
      let errors = Program.pipe()
      let player = try Child(
        Program.path, ["play", "sleep", "--device", "server", "--quiet", "--record", path],
        environment: server.devices.environment,
        errors: errors.writing)
      close(errors.writing)
      usleep(3_500_000)
      #expect(player.isRunning)
      server.stop()
      #expect(player.wait() == 69)
      let said = String(decoding: Program.read(errors.reading), as: UTF8.self)
      #expect(said.hasPrefix("tingle: the sound device 'server' is gone"), "\(said)")
      // What was heard until then is kept.
      #expect(try SoundFile(path).frames.count > 9600)
      #expect(FileManager.default.fileExists(atPath: path + ".json"))
    }
  }
}
