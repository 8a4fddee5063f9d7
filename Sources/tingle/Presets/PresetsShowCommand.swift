import ArgumentParser
import Foundation
import TinglePresets
import TingleSupport

/// `tingle presets show`: prints a preset's YAML.
struct PresetsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a preset's YAML text.")

  @Argument(
    help: "Preset name, or a path: a word that contains a slash or ends in .yaml or .yml.",
    completion: Choices.presets)
  var preset: String

  func run() throws {
    let text = try PresetContext.library.text(of: preset).text
    // Files and pipes get the exact text. For a terminal, control characters are escaped.
    try StandardOutput.write(isatty(STDOUT_FILENO) == 1 ? DisplayText.lines(text) : text)
  }
}
