import Foundation
import Measure
import Testing

/// Players on a test device that runs at the rate of a sound card, and `tingle ctl` for them.
final class Players {
  let devices: Devices
  /// The environment of players and `tingle ctl`.
  var environment: [String: String]
  private var children: [Child] = []

  /// The path of the ALSA plugin of the test device.
  static let library = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    .appendingPathComponent("libFrailDevice.so").path

  /// Creates the device.
  /// - Parameter variables: environment variables; XDG_RUNTIME_DIR and TMPDIR default to the test's folder.
  init(_ variables: [String: String] = [:]) throws {
    devices = try Devices(
      """
      pcm_type.frail { lib "\(Self.library)" }
      pcm.frail { type frail folder "FOLDER" }

      """)
    let folder = devices.folder.path
    environment = devices.environment.merging(["XDG_RUNTIME_DIR": folder, "TMPDIR": folder]) { $1 }
      .merging(variables) { $1 }
  }

  var folder: TemporaryFolder { devices.folder }

  /// Starts a player and waits until `tingle ctl` lists it.
  /// - Parameter errors: the path of the file for its stderr.
  @discardableResult func start(
    _ preset: String, _ more: [String] = [], errors: String = "/dev/null"
  ) throws -> Child {
    let before = try count
    let errorFile = open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { close(errorFile) }
    // Without a loudness target, playback starts at once.
    let player = try Child(
      Program.path, ["play", preset, "--set", "master.loudness=as mixed", "--device", "frail"] + more,
      environment: environment, errors: errorFile)
    children.append(player)
    #expect(
      try Program.eventually(everySeconds: 0.05) { try count > before || !player.isRunning }
        && player.isRunning)
    return player
  }

  /// The number of running players.
  private var count: Int {
    get throws { try control("players", "--json").output.split(separator: "\n").count }
  }

  /// Runs `tingle ctl`.
  func control(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
    let result = try Program.run(["ctl"] + words, environment: environment)
    return (result.status, String(decoding: result.output, as: UTF8.self), result.errors)
  }

  /// The JSON object that `tingle ctl ... --json` prints.
  func json(_ words: String...) throws -> [String: Any] {
    let result = try Program.run(["ctl"] + words + ["--json"], environment: environment)
    return try #require(JSONSerialization.jsonObject(with: result.output) as? [String: Any])
  }

  deinit { for child in children { child.end() } }
}
