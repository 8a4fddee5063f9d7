import ArgumentParser
import Foundation
import TingleBatch

/// `tingle join`: slices become the track again.
struct JoinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Put the slices of a track together: the same file as if it had been rendered whole.",
    discussion: """
      Examples:
        tingle render sleep --slice 1/2 -o a.flac      (on one machine)
        tingle render sleep --slice 2/2 -o b.flac      (on another)
        tingle join a.flac b.flac -o sleep.opus
      """)

  @Argument(help: "All slices, in any order: .wav or .flac.", completion: .file(extensions: ["wav", "flac"]))
  var slices: [String]

  @Option(name: .shortAndLong, help: "The file to write; its ending tells the format.", completion: .file())
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
    if !file.quiet { Terminal.say("\(output): \(Format.clock(seconds)) long, of \(slices.count) slices") }
  }
}
