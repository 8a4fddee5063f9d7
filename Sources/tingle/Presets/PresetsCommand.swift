import ArgumentParser

/// `tingle presets`: lists, prints and checks presets.
struct PresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets",
    abstract: "List, print and check presets, and print their JSON Schema.",
    subcommands: [
      PresetsListCommand.self, PresetsShowCommand.self, PresetsCheckCommand.self, PresetsSchemaCommand.self,
    ],
    defaultSubcommand: PresetsListCommand.self)
}
