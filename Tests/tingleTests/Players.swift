import Foundation
import Measure
import Testing

/// Players on a device of the test's own that takes sound as fast as a sound card does, and what controls them from outside.
final class Players {
  let devices: Devices
  /// What players and `tingle ctl` are started with.
  var environment: [String: String]
  private var children: [Child] = []

  static let library = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    .appendingPathComponent("libFrailDevice.so").path

  /// - Parameter variables: XDG_RUNTIME_DIR, TMPDIR and others, if not those of the test's folder.
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

  /// Starts a player, and waits until it can be controlled.
  /// - Parameter errors: gets what it says.
  @discardableResult func start(
    _ preset: String, _ more: [String] = [], errors: String = "/dev/null"
  ) throws -> Child {
    let before = try count
    let said = open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { close(said) }
    // What is not brought to a loudness begins at once.
    let player = try Child(
      Program.path, ["play", preset, "--set", "master.loudness=as mixed", "--device", "frail"] + more,
      environment: environment, errors: said)
    children.append(player)
    #expect(
      try Program.eventually(everySeconds: 0.05) { try count > before || !player.isRunning }
        && player.isRunning)
    return player
  }

  /// How many run.
  private var count: Int {
    get throws { try control("players", "--json").output.split(separator: "\n").count }
  }

  /// What `tingle ctl` says.
  func control(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
    let result = try Program.run(["ctl"] + words, environment: environment)
    return (result.status, String(decoding: result.output, as: UTF8.self), result.errors)
  }

  /// A line of JSON that `tingle ctl` prints.
  func json(_ words: String...) throws -> [String: Any] {
    let result = try Program.run(["ctl"] + words + ["--json"], environment: environment)
    return try #require(JSONSerialization.jsonObject(with: result.output) as? [String: Any])
  }

  deinit { for child in children { child.end() } }
}
