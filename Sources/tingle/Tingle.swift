import ArgumentParser
import Foundation
import TingleBatch
import TingleSupport

/// The command line: `tingle render`, `tingle play`, and what helps them.
@main
struct Tingle: ParsableCommand {
  static let version = Provenance.thisVersion

  static let configuration = CommandConfiguration(
    commandName: "tingle",
    abstract: "ASMR triggers, made from noise and envelopes: endless, close, slow and quiet.",
    discussion: """
      Examples:
        tingle render sleep -o sleep.wav --duration 8h
        tingle play unwind --timer 45m
        tingle play --layer 'tap:surface=wood,tool=pad' --layer 'noise:level=-12dB'
        tingle batch relax unwind -o out --seeds 1..10 --duration 1h --format flac
      """,
    version: "tingle \(version)",
    subcommands: [
      Render.self, Play.self, Batch.self, Join.self, Control.self, Replay.self, WhisperCommand.self,
      Check.self, New.self, Presets.self, Triggers.self, Devices.self,
    ])

  static func main() {
    StandardOutput.holdStandardDescriptors()
    // A reader that has gone, and a file that is too large, show themselves as errors of `write`.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    Interruption.endOnQuit()
    do {
      // The parser takes `-=1dB` for an option; with a real minus sign it is a value.
      let arguments = FileName.arguments.dropFirst().map {
        $0.hasPrefix("-=") ? "\u{2212}" + $0.dropFirst() : $0
      }
      var command = try parseAsRoot(arguments)
      try command.run()
      try StandardOutput.close()
    } catch {
      Failure.exit(with: error)
    }
  }
}
