import ArgumentParser
import Foundation
import TingleMix
import TinglePresets

/// `tingle render`: a preset becomes a file.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render a preset to a sound file.",
    discussion: """
      Examples:
        tingle render sleep -o sleep.wav --duration 8h
        tingle render focus-on-work -o focus.opus --seed 7
        tingle render unwind -o - | aplay
        tingle render --layer 'tap:surface=glass,pace=1.5/s' -o taps.flac --duration 2m
      """)

  @OptionGroup var mix: MixOptions

  @Option(
    name: .shortAndLong,
    help:
      "The file to write; its ending (.wav .flac .ogg .opus .mp3) tells the format. - writes WAV to a pipe.",
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Begin at this time of the track.", valueName: "time"))
  var start: Seconds?

  @Option(help: ArgumentHelp("End at this time of the track.", valueName: "time"))
  var end: Seconds?

  @OptionGroup var listening: ListeningOptions
  @OptionGroup var options: OutputOptions

  func run() throws {
    let interruption = Interruption()
    var preset = try mix.resolved()
    var recipe = "render \(mix.recipe(for: preset))\(listening.recipe)"
    if let start { recipe += " --start \(Quantity.describe(start.value, .seconds))" }
    if let end { recipe += " --end \(Quantity.describe(end.value, .seconds))" }
    let frames = try frames(of: preset.mix)
    try listening.apply(
      to: &preset.mix, channels: options.channels, jobs: options.jobs, quiet: options.quiet)
    try Rendering(preset, recipe: recipe, frames: frames, to: output, options).run(interruption)
  }

  private func frames(of mix: Mix) throws -> Range<Int> {
    let length = mix.durationSeconds
    let (from, to) = (start?.value ?? 0, end?.value ?? length)
    func text(_ seconds: Double) -> String { Quantity.describe(seconds, .seconds) }
    guard to <= length else {
      throw ValidationError(
        "--end \(text(to)) is after the end of the track (\(text(length))); lengthen it with --duration.")
    }
    guard from < to else {
      throw ValidationError(
        "--start \(text(from)) is not before the end (\(text(to))); there is nothing to render.")
    }
    return Int((from * Double(options.rate)).rounded())..<Int((to * Double(options.rate)).rounded())
  }
}
