import ArgumentParser
import TinglePresets
import TingleSupport

/// `tingle presets check`: validates presets.
struct PresetsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check presets for errors; print nothing if there are none.")

  @Argument(help: "Preset names, paths, or - for standard input.", completion: Choices.presets)
  var presets: [String]

  func run() throws {
    var worstStatus: Int32 = 0
    for preset in presets {
      do {
        _ = try PresetContext.library.preset(preset)
      } catch let error as UserError {
        Terminal.say("tingle: \(error)")
        worstStatus = max(worstStatus, error.exitStatus)
      }
    }
    if worstStatus != 0 { throw ExitCode(worstStatus) }
  }
}
