import ArgumentParser
import TingleDSP
import TinglePresets
import TingleSupport

/// `tingle textures`: lists the textures that presets can name, with the sources of the recordings.
struct TexturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textures",
    abstract: "List the textures, with the recordings they were learned from.",
    discussion: """
      A texture is endless noise with the statistics of a recording. `tingle learn` makes one from a recording
      of yours; files in ~/.config/tingle/textures are listed here, too.

      Examples:
        tingle textures
        tingle play --layer texture:file=surf
      """)

  func run() throws {
    let entries = TextureLibrary.entries { Terminal.say("tingle: \($0)") }
    let width = min(28, entries.map { DisplayText.columns(of: $0.name) }.max() ?? 0)
    for entry in entries {
      let model = entry.model
      let title = model.title.isEmpty ? "(no title)" : model.title
      let source = model.credit.isEmpty ? entry.path.map { "  [\($0)]" } ?? "" : "  [\(model.credit)]"
      try StandardOutput.print(
        DisplayText.column(entry.name, width) + "  " + DisplayText.line(title + source))
    }
  }
}
