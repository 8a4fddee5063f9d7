import ArgumentParser
import Foundation
import TingleBatch

/// `tingle join`: joins the slices of a track.
struct JoinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Join the slices of a track; the result is bit-identical to a render of the whole track.",
    discussion: """
      Examples:
        tingle render sleep --slice 1/2 -o a.flac      (on one machine)
        tingle render sleep --slice 2/2 -o b.flac      (on another)
        tingle join a.flac b.flac -o sleep.opus
      """)

  @Argument(help: "All slices in any order, .wav or .flac.", completion: .file(extensions: ["wav", "flac"]))
  var slices: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Output file; the extension selects the format.", valueName: "file"),
    completion: .file())
  var output: String

  @OptionGroup var file: FileOptions

  func run() throws {
    let interruption = Interruption()
    let join = try interruption.endingAtOnce { try SliceJoin(slices) }
    let format = try file.format(ofPath: output)
    let seconds = Double(join.frames) / Double(join.sampleRate)
    var progress = Progress(totalSeconds: seconds, quiet: file.quiet)
    defer { progress.clear() }
    try join.write(to: output, format, overwrite: file.force) { done in
      try interruption.check()
      progress.show(Double(done) / Double(join.sampleRate))
    }
    progress.clear()
    if !file.quiet { Terminal.say("\(output): length \(Format.clock(seconds)), \(slices.count) slices") }
  }
}
