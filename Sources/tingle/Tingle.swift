import ArgumentParser
import Foundation
import TingleBatch
import TingleSupport

/// The root command.
@main
struct Tingle: ParsableCommand {
  static let version = Provenance.currentVersion

  static let configuration = CommandConfiguration(
    commandName: "tingle",
    abstract: "An ASMR trigger synthesizer: renders and plays presets of quiet, close, binaural sounds.",
    discussion: """
      Examples:
        tingle render sleep -o sleep.wav --duration 8h
        tingle play unwind --timer 45m
        tingle play --layer 'tap:surface=wood,tool=pad' --layer 'noise:level=-12dB'
        tingle batch relax unwind -o out --seeds 1..10 --duration 1h --format flac
      """,
    version: "tingle \(version)",
    subcommands: [
      RenderCommand.self, PlayCommand.self, BatchCommand.self, JoinCommand.self, ControlCommand.self,
      ReplayCommand.self, WhisperCommand.self,
      LearnCommand.self, TexturesCommand.self, CheckCommand.self, NewCommand.self, PresetsCommand.self,
      TriggersCommand.self, DevicesCommand.self,
    ])

  static func main() {
    StandardOutput.reserveStandardDescriptors()
    // With the signals ignored, a closed pipe and an exceeded file size limit become errors of `write`.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    Interruption.endOnQuit()
    do {
      let words = Array(FileName.arguments.dropFirst())
      if try answersShell(words) { return try StandardOutput.close() }
      // ArgumentParser takes `-=1dB` for an option; with U+2212 as the minus sign it is a value.
      let arguments = try WhisperCommand.withTextArguments(words).map {
        $0.hasPrefix("-=") ? "\u{2212}" + $0.dropFirst() : $0
      }
      var command = try parseAsRoot(arguments)
      try command.run()
      try StandardOutput.close()
    } catch {
      Failure.exit(with: error)
    }
  }

  /// Answers a shell's request for its completion script or for completions.
  /// - Returns: false if the arguments are not such a request.
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
