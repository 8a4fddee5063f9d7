import ArgumentParser
import TinglePresets
import TingleSupport

/// `tingle presets schema`: prints the JSON Schema of presets.
struct PresetsSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of presets, for completion and validation in editors.",
    discussion: """
      Save the schema and start a preset with

        # yaml-language-server: $schema=tingle.schema.json

      Editors with a YAML language server then complete and validate the preset.
      """)

  func run() throws { try StandardOutput.write(PresetSchema.text()) }
}
