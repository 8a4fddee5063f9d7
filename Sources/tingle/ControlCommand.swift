import ArgumentParser
import Foundation
import TingleLive
import TinglePresets
import TingleSupport

/// `tingle ctl`: controls a running player.
struct ControlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctl",
    abstract: "Control a running player: levels, mute, jump, sleep timer, stop.",
    discussion: """
      Commands:
      \(LiveCommand.Definition.summary.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
        players [--json]        list the running players

      'learn level LAYER', 'learn pace LAYER' and 'learn master' assign a MIDI knob; any other command \
      assigns a pad.

      Examples:
        tingle ctl level whisper -6dB
        tingle ctl sleep 30m
        tingle ctl status --json
        tingle ctl --player 2 stop

      If several players run, --player selects one by its number in `tingle ctl players`, its process ID or \
      its preset.
      Options can be given before or after the command; words after -- are not options.

      Other programs can use the player's Unix socket in XDG_RUNTIME_DIR (mode 0600). Each line is a \
      command. A reply is zero or more lines that start with a space, followed by 'ok' or 'error <message>'.
      """)

  @Option(
    help: ArgumentHelp(
      "The number, process ID or preset of the player. (default: the only one)",
      valueName: "number|pid|preset"),
    completion: Choices.players)
  var player: String?

  @Option(help: "The path of the player's socket. (default: found automatically)", completion: .file())
  var socket: String?

  @Flag(help: "Print the status or the players as JSON.")
  var json = false

  @Argument(
    parsing: .allUnrecognized, help: "The command and its arguments.",
    completion: .custom(ControlCompletion.candidates))
  var words: [String] = []

  func validate() throws {
    guard player == nil || socket == nil else {
      throw ValidationError("--player and --socket cannot be combined.")
    }
    if let word = words.prefix(while: { $0 != "--" }).first(where: { $0.hasPrefix("--") }) {
      throw ValidationError(
        "unknown option '\(word)'\(Spelling.hint(for: word, among: ["--player", "--socket", "--json"]))")
    }
    guard let name = words.first else {
      throw ValidationError(
        "Missing command, for example `tingle ctl status`; `tingle ctl --help` lists the commands.")
    }
    guard !json || name == "status" || name == "players" else {
      throw ValidationError("--json applies to status and players only, not to '\(name)'.")
    }
  }

  func run() throws {
    var words = words
    if let terminator = words.firstIndex(of: "--") { words.remove(at: terminator) }
    if words[0] == "players" {
      guard words.count == 1 else { throw ValidationError("players takes no arguments but --json.") }
      return try list(RunningPlayer.all(environment: Environment.variables))
    }
    // The player resolves relative paths against its own working directory.
    if words[0] == "load", words.count == 2, PresetLibrary.isPath(words[1]) {
      words[1] = FileSystem.absolute(words[1])
    }
    let line = (words.map(LiveCommand.quoted) + (json ? ["--json"] : [])).joined(separator: " ")
    for line in try ControlSocket.request(line, at: socket ?? selectedPlayer().socket) {
      try StandardOutput.print(DisplayText.line(line))
    }
  }

  /// The player that --player selects, or the only running player.
  private func selectedPlayer() throws -> RunningPlayer {
    let players = RunningPlayer.all(environment: Environment.variables)
    let names = players.map(\.name).joined(separator: ", ")
    guard !players.isEmpty else {
      let folders = RuntimeFolder.searched(environment: Environment.variables)
      throw UserError(
        .unavailable,
        "no player is running"
          + (folders.isEmpty ? "" : " in \(folders.map { "'\($0)'" }.joined(separator: " or "))")
          + "; start one with `tingle play`")
    }
    guard let player else {
      guard players.count == 1 else {
        throw UserError(
          .usage, "\(players.count) players are running: \(names); choose one with --player")
      }
      return players[0]
    }
    let matches = players.filter { $0.matches(player) }
    guard let first = matches.first else {
      throw UserError(.unavailable, "no player '\(player)' is running; the running players are \(names)")
    }
    guard matches.count == 1 else {
      let pids = matches.map { "\($0.pid)" }.joined(separator: ", ")
      throw UserError(
        .usage, "\(matches.count) players play '\(player)'; choose one by its process ID: \(pids)")
    }
    return first
  }

  private func list(_ players: [RunningPlayer]) throws {
    if json {
      for player in players { try StandardOutput.print(DisplayText.json(CompactJSON.text(player))) }
      return
    }
    guard !players.isEmpty else { return Terminal.say("No player is running.") }
    let rows = players.map { player in
      let status = player.status
      let time = status.map { "\(Format.clock($0.seconds)) of \(Format.clock($0.endSeconds))" }
      return [
        "\(player.number)", "\(player.pid)", status?.preset ?? "-", time ?? "not responding",
        DisplayText.fitted(status?.title ?? "-", to: 32), player.socket,
      ]
    }
    let table = [["player", "pid", "preset", "time", "title", "socket"]] + rows
    let widths = (0..<5).map { k in table.map { DisplayText.columns(of: $0[k]) }.max() ?? 0 }
    for row in table {
      try StandardOutput.print(
        zip(row, widths).map { DisplayText.padded($0, to: $1) + "  " }.joined() + DisplayText.line(row[5]))
    }
  }
}
