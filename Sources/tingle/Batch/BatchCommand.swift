import ArgumentParser

/// `tingle batch`: renders many files.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Render many files: every combination of presets, seeds, lengths and formats, or a plan.",
    discussion: """
      An interrupted batch resumes when the same command is run again. Existing files are identified by their
      tags and skipped. The output folder's manifest.json lists all files; `tingle batch verify FOLDER` checks
      them. `tingle batch run --help` lists all options.

      Examples:
        tingle batch relax unwind -o out --seeds 1..10 --duration 1h --format flac,opus
        tingle batch Presets/*.yaml -o out --set master.loudness=-32LUFS --dry-run
        tingle batch plan.yaml --shard 2/8
        printf '%s\\n' 'sleep -o a.wav' 'relax --seed 7 -o b.flac' | tingle batch - -o out

      A word that contains a slash, or ends in .yaml or .yml, is a path. Any other word is the name of a
      preset, even if a folder has the same name.

      A plan is a YAML file. An entry under 'jobs' can override all of the common keys:

        presets: [sleep, unwind]
        seeds: 1..10
        durations: [1h, 8h]
        formats: [flac, opus]
        set:
          - {name: low, layers.whisper.voice: low}
          - {name: soft, layers.whisper.voice: soft}
        output: "{preset}-{set}-{duration}-{seed}.{ext}"
        folder: out
        jobs:
          - presets: [bedtime-whisper, fall-asleep]
          - {presets: dark-noise, durations: 8h, set: {}, formats: wav}
      """,
    subcommands: [BatchRunCommand.self, BatchVerifyCommand.self], defaultSubcommand: BatchRunCommand.self)
}
