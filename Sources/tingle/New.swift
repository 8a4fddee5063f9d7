import ArgumentParser
import Foundation
import TinglePresets
import TingleSupport

/// `tingle new`: a preset of one's own.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a preset of your own from another: a commented copy in your folder.",
    discussion: """
      Example:
        tingle new my-evening --from unwind
      """)

  @Argument(help: "What it is to be called: letters, digits and dashes.")
  var name: String

  @Option(help: "The preset it begins with.", completion: Choices.presets)
  var from = "sleep"

  @Flag(help: "Replace one of that name.")
  var force = false

  func run() throws {
    let source = try PresetContext.library.text(of: from)
    let before = PresetContext.library.entries()
    let text = """
      # From '\(source.name)'. `tingle play \(name)` plays it, `tingle presets check \(name)` says what is wrong with it,
      # `tingle triggers` lists what can be set, and `tingle presets schema` is for editors.

      """
    let path = try PresetContext.library.save(
      text + PresetContext.library.copy(of: source, as: name), as: name, overwrite: force,
      hint: ", or replace it with --force")
    // The path's own bytes, for programs that open it.
    try StandardOutput.write(bytes: FileName.bytes(path + "\n"))
    guard let found = PresetContext.library.entries().first(where: { $0.name == name }) else { return }
    if found.path != path {
      Terminal.say("'\(name)' is found at \(found.path) first; call yours by its path, or by another name.")
    } else if let other = before.first(where: { $0.name == name }), other.path != path {
      Terminal.say("'\(name)' is yours from now on, and no longer \(other.path).")
    }
  }
}
