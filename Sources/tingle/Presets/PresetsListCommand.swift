import ArgumentParser
import TinglePresets
import TingleSupport

/// `tingle presets list`, the default subcommand: lists presets with their descriptions.
struct PresetsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the presets and their descriptions.")

  @Option(
    help: "Tag or purpose by which to filter the list, such as sleep, whisper or reading.",
    completion: Choices.tags)
  var tag: String?

  func run() throws {
    let entries = PresetContext.library.entries()
    // Longer names push only their own descriptions to the right.
    let width = min(28, entries.map { DisplayText.columns(of: $0.name) }.max() ?? 0)
    var tags: Set<String> = []
    var hasMatch = false
    for entry in entries {
      let preset = try? PresetContext.library.preset(entry.path)
      let presetTags = preset.map { $0.tags + [$0.purpose.rawValue] } ?? []
      tags.formUnion(presetTags)
      if let tag, !presetTags.contains(tag) { continue }
      hasMatch = true
      let about = preset?.about ?? "(invalid; run `tingle presets check \(entry.name)`)"
      try StandardOutput.print(DisplayText.column(entry.name, width) + "  " + DisplayText.line(about))
    }
    if entries.isEmpty {
      Terminal.say("tingle: no presets in \(PresetContext.library.folders.joined(separator: ", "))")
    } else if let tag, !hasMatch {
      throw ValidationError(
        "--tag: no preset has the tag '\(tag)'\(Spelling.hint(for: tag, among: tags.sorted()))")
    }
  }
}
