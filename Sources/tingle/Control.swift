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

      Examples:
        tingle ctl level whisper -6dB
        tingle ctl sleep 30m
        tingle ctl status --json

      Other programs may talk to the socket themselves (mode 0600, in XDG_RUNTIME_DIR): a command a line; the answer is lines
      begun with a space, and then 'ok', or 'error' and a sentence.
      """)

  @Option(help: "The player's socket. (default: the usual one)", completion: .file())
  var socket: String?

  @Argument(parsing: .captureForPassthrough, help: "A command and what it takes.")
  var words: [String] = []

  func run() throws {
    var words = words
    if words.first == "--help" || words.first == "-h" {
      throw CleanExit.helpRequest(Control.self)
    }
    var path = socket ?? ControlSocket.path(environment: Environment.variables)
    if words.first == "--socket", words.count > 1 {
      path = words[1]
      words.removeFirst(2)
    }
    guard !words.isEmpty else {
      throw ValidationError(
        "Say what to do: `tingle ctl status`; `tingle ctl --help` lists what can be done.")
    }
    // The player may have been started in another folder.
    if words.first == "load", words.count == 2, PresetLibrary.isPath(words[1]) {
      words[1] = FileSystem.absolute(words[1])
    }
    do {
      // Words with spaces stay together.
      let line = words.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }.joined(
        separator: " ")
      for line in try ControlSocket.ask(line, at: path) { try StandardOutput.write(line + "\n") }
    } catch let refusal as ControlSocket.Refusal {
      throw PlayerRefusal(sentence: refusal.description)
    }
  }
}

/// What the player did not understand; exit 64.
struct PlayerRefusal: Error {
  let sentence: String
}
