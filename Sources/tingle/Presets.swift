import ArgumentParser
import Foundation
import TinglePresets
import TingleSupport

/// `tingle presets`: what is on the shelf.
struct Presets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, show and check presets, and describe them to editors.",
    subcommands: [List.self, Show.self, Check.self, Schema.self], defaultSubcommand: List.self)

  /// Every preset, with what one hears.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the presets that can be called by name.")

    @Option(
      help: "Only those with this tag, or for this purpose: sleep, whisper, reading ...",
      completion: Choices.tags)
    var tag: String?

    func run() throws {
      let entries = PresetContext.library.entries()
      // One long name does not push all others aside.
      let width = min(28, entries.map { DisplayText.columns(of: $0.name) }.max() ?? 0)
      var tags: Set<String> = []
      var isFound = false
      for entry in entries {
        let preset = try? PresetContext.library.preset(entry.path)
        let own = preset.map { $0.tags + [$0.purpose.rawValue] } ?? []
        tags.formUnion(own)
        if let tag, !own.contains(tag) { continue }
        isFound = true
        let about = preset?.about ?? "(has a mistake: tingle presets check \(entry.name))"
        try StandardOutput.print(DisplayText.column(entry.name, width) + "  " + DisplayText.line(about))
      }
      if entries.isEmpty {
        Terminal.say("There are no presets in \(PresetContext.library.folders.joined(separator: ", ")).")
      } else if let tag, !isFound {
        throw ValidationError(
          "--tag: no preset has '\(tag)'\(Spelling.hint(for: tag, among: tags.sorted())).")
      }
    }
  }

  /// A preset's text.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a preset's text, to read or to start one's own from.")

    @Argument(
      help: "Its name, or its path: with a slash, or ending in .yaml or .yml.",
      completion: Choices.presets)
    var preset: String

    func run() throws {
      let text = try PresetContext.library.text(of: preset).text
      // A file or a program gets what is written; a terminal, what does nothing to it.
      try StandardOutput.write(isatty(STDOUT_FILENO) == 1 ? DisplayText.lines(text) : text)
    }
  }

  /// For editors.
  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the JSON Schema of presets, for editors that complete and check YAML.",
      discussion: """
        A preset that begins with

          # yaml-language-server: $schema=tingle.schema.json

        is completed and checked while it is written, by editors with a YAML language server.
        """)

    func run() throws { try StandardOutput.write(PresetSchema.text()) }
  }

  /// Whether presets are right.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check presets: silent when they are right.")

    @Argument(help: "Names, paths, or - for standard input.", completion: Choices.presets)
    var presets: [String]

    func run() throws {
      var worst: Int32 = 0
      for preset in presets {
        do {
          _ = try PresetContext.library.preset(preset)
        } catch let error as UserError {
          Terminal.say("tingle: \(error)")
          worst = max(worst, error.exitStatus)
        }
      }
      if worst != 0 { throw ExitCode(worst) }
    }
  }
}
