import TinglePresets
import TingleSupport

/// A command to a running player: from the mixing desk, `tingle ctl`, a media key or a MIDI controller.
///
/// `LiveCommand.Definition` declares how each command is written.
public enum LiveCommand: Equatable, Sendable {
  /// Changes the scene.
  case edit(SceneEdit)
  /// Plays the next or the previous preset of the library.
  case next, previous
  /// Goes to the next line of the script, or to the start of the current one.
  case nextLine, again
  /// Pauses at the end of the current line of the script.
  case pauseAfterLine
  /// Plays a preset, given by its name or path.
  case load(String)
  /// Saves the scene as a preset of this name in the user's preset folder.
  case save(String)
  /// Reverts the last change of the scene.
  case undo
  /// Assigns a command line to the next MIDI controller that is moved or pad that is struck.
  case learn(String)
  /// Reports the status, as text or as JSON.
  case status(asJSON: Bool)
  /// Lists the commands.
  case help
  /// Fades out and ends the player.
  case stop

  /// Parses a command line.
  /// - Throws: `UserError` (`usage`) for an unknown command, a wrong number of arguments or an invalid
  ///   argument.
  public init(_ line: String) throws {
    let words = try Self.words(line)
    guard let name = words.first else {
      throw UserError(.usage, "the command line is empty; 'help' lists the commands")
    }
    guard let definition = Definition.named(name) else {
      throw UserError(
        .usage, "unknown command '\(name)'\(Spelling.hint(for: name, among: Definition.names))")
    }
    self = try definition.command(from: Array(words.dropFirst()), in: line)
  }
}
