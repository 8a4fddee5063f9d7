import ArgumentParser
import Foundation
import TinglePresets
import TingleSupport

/// `tingle new`: creates a user preset from an existing one.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Create a preset from an existing one, in your preset folder.",
    discussion: """
      Example:
        tingle new my-evening --from unwind
      """)

  @Argument(help: "Name of the new preset: letters, digits and dashes.")
  var name: String

  @Option(help: ArgumentHelp("Preset to copy.", valueName: "preset"), completion: Choices.presets)
  var from = "sleep"

  @Flag(help: "Overwrite an existing preset of yours.")
  var force = false

  func run() throws {
    let source = try PresetContext.library.text(of: from)
    let previousEntries = PresetContext.library.entries()
    let text = """
      # From '\(source.name)'. `tingle play \(name)` plays it; `tingle presets check \(name)` finds errors.
      # `tingle triggers` lists the parameters; `tingle presets schema` prints a JSON Schema for editors.

      """
    let path = try PresetContext.library.save(
      text + PresetContext.library.copy(of: source, as: name), as: name, overwrite: force,
      hint: ", or replace it with --force")
    // As bytes: the path need not be UTF-8.
    try StandardOutput.write(bytes: FileName.bytes(path + "\n"))
    guard let entry = PresetContext.library.entries().first(where: { $0.name == name }) else { return }
    if entry.path != path {
      Terminal.say(
        "tingle: '\(name)' still refers to \(entry.path); use the path of the new preset, or another name")
    } else if let other = previousEntries.first(where: { $0.name == name }), other.path != path {
      Terminal.say("tingle: '\(name)' now refers to the new preset instead of \(other.path)")
    }
  }
}
