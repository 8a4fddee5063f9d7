import ArgumentParser
import Foundation
import TingleBatch

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
    // A reader that has gone shows itself as an error of `write`; it need not kill the program.
    signal(SIGPIPE, SIG_IGN)
    Interruption.endOnQuit()
    do {
      // The parser takes `-=1dB` for an option; with a real minus sign it is a value.
      let arguments = CommandLine.arguments.dropFirst().map {
        $0.hasPrefix("-=") ? "\u{2212}" + $0.dropFirst() : $0
      }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      Failure.exit(with: error)
    }
  }
}
