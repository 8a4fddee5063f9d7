import ArgumentParser
import Foundation
import TingleLive
import TinglePresets
import TingleSupport

/// `tingle ctl`: controls a running player.
struct Control: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctl",
    abstract: "Control a player that is running: levels, mute, jump, sleep, stop.",
    discussion: """
      Commands:
      \(Command.summary.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
        players [--json]        list the players that run

      Examples:
        tingle ctl level whisper -6dB
        tingle ctl sleep 30m
        tingle ctl status --json
        tingle ctl --player 2 stop

      When several players run, --player selects one by its number in `tingle ctl players`, its process, or its preset;
      without it nothing is changed. The options can stand anywhere; what follows -- is not an option.

      Other programs can talk to a player's socket themselves (mode 0600, in XDG_RUNTIME_DIR): a command a line; the answer is
      lines begun with a space, and then 'ok', or 'error' and a sentence.
      """)

  @Option(
    help: ArgumentHelp("Which player: its number, process or preset.", valueName: "number|pid|preset"),
    completion: Choices.players)
  var player: String?

  @Option(help: "The player's socket. (default: found automatically)", completion: .file())
  var socket: String?

  @Flag(help: "Print status and players as JSON.")
  var json = false

  @Argument(
    parsing: .allUnrecognized, help: "A command and what it takes.",
    completion: .custom(ControlCompletion.candidates))
  var words: [String] = []

  func validate() throws {
    guard player == nil || socket == nil else {
      throw ValidationError("Take --player or --socket, not both.")
    }
    if let word = words.prefix(while: { $0 != "--" }).first(where: { $0.hasPrefix("--") }) {
      throw ValidationError(
        "ctl has no option '\(word)'\(Spelling.hint(for: word, among: ["--player", "--socket", "--json"]))")
    }
    guard let verb = words.first else {
      throw ValidationError(
        "Say what to do: `tingle ctl status`; `tingle ctl --help` lists what can be done.")
    }
    guard !json || verb == "status" || verb == "players" else {
      throw ValidationError("--json is for status and players; '\(verb)' answers with a line at most.")
    }
  }

  func run() throws {
    var words = words
    if let terminator = words.firstIndex(of: "--") { words.remove(at: terminator) }
    if words[0] == "players" {
      guard words.count == 1 else { throw ValidationError("players takes --json, or nothing.") }
      return try list(RunningPlayer.all(environment: Environment.variables))
    }
    // The player may have been started in another folder.
    if words[0] == "load", words.count == 2, PresetLibrary.isPath(words[1]) {
      words[1] = FileSystem.absolute(words[1])
    }
    let line = (words.map(Command.quoted) + (json ? ["--json"] : [])).joined(separator: " ")
    do {
      for line in try ControlSocket.ask(line, at: socket ?? selected().socket) {
        try StandardOutput.print(DisplayText.line(line))
      }
    } catch let refusal as ControlSocket.ConnectionError {
      throw PlayerSelectionError(sentence: refusal.description)
    }
  }

  /// The player that is meant; where several run, only the one that was named.
  private func selected() throws -> RunningPlayer {
    let players = RunningPlayer.all(environment: Environment.variables)
    let names = players.map(\.name).joined(separator: ", ")
    guard !players.isEmpty else {
      let folders = RuntimeFolder.searched(environment: Environment.variables)
      throw UserError(
        .unavailable,
        "no player is running that could be controlled"
          + (folders.isEmpty ? "" : " in \(folders.map { "'\($0)'" }.joined(separator: " or "))")
          + "; start one with `tingle play`")
    }
    guard let player else {
      guard players.count == 1 else {
        throw PlayerSelectionError(
          sentence: "\(players.count) players are running: \(names); choose one with --player")
      }
      return players[0]
    }
    let called = players.filter { $0.isCalled(player) }
    guard let first = called.first else {
      throw UserError(.unavailable, "no player '\(player)' is running; there is \(names)")
    }
    guard called.count == 1 else {
      let pids = called.map { "\($0.pid)" }.joined(separator: ", ")
      throw PlayerSelectionError(
        sentence: "\(called.count) players are called '\(player)'; choose one by its process: \(pids)")
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
        "\(player.number)", "\(player.pid)", status?.preset ?? "-", time ?? "does not answer",
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

/// What a player did not understand; exit 64.
struct PlayerSelectionError: Error {
  let sentence: String
}
