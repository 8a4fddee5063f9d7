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
      Render.self, PlayCommand.self, Batch.self, JoinCommand.self, ControlCommand.self, ReplayCommand.self,
      WhisperCommand.self,
      Check.self, New.self, Presets.self, Triggers.self, Devices.self,
    ])

  static func main() {
    StandardOutput.reserveStandardDescriptors()
    // A reader that has gone, and a file that is too large, show themselves as errors of `write`.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    Interruption.endOnQuit()
    do {
      let words = Array(FileName.arguments.dropFirst())
      if try answersShell(words) { return try StandardOutput.close() }
      // The parser takes `-=1dB` for an option; with a real minus sign it is a value.
      let arguments = words.map { $0.hasPrefix("-=") ? "\u{2212}" + $0.dropFirst() : $0 }
      var command = try parseAsRoot(arguments)
      try command.run()
      try StandardOutput.close()
    } catch {
      Failure.exit(with: error)
    }
  }

  /// Whether a shell asked for its completion script, or for what it can offer.
  private static func answersShell(_ words: [String]) throws -> Bool {
    if words.first == CompletionScript.verb {
      try CompletionScript.answer(Array(words.dropFirst()))
      return true
    }
    let (option, parts) = (
      "--generate-completion-script", words.first?.split(separator: "=", maxSplits: 1) ?? []
    )
    guard parts.first.map(String.init) == option else { return false }
    let shell = parts.count > 1 ? String(parts[1]) : words.dropFirst().first
    guard let script = CompletionScript.text(for: shell) else { return false }
    try StandardOutput.print(script)
    return true
  }
}
