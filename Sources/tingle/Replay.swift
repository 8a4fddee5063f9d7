import ArgumentParser
import Foundation
import TingleAudio
import TingleLive
import TingleSupport

/// `tingle replay`: a performance becomes a file again.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Render a performance again from its log: all that was changed while it played, at the same moments.",
    discussion: """
      Examples:
        tingle play unwind --record evening.wav
        tingle replay evening.wav.json -o again.wav
      """)

  @Argument(help: "The log that `tingle play --record` wrote.", completion: .file(extensions: ["json"]))
  var log: String

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  @OptionGroup var file: FileOptions

  func run() throws {
    let interruption = Interruption()
    let log = try PerformanceLog.decoded(InputFile.contents(self.log), file: self.log)
    let performance = try log.performance(head: try log.hrtf.map(HeadFile.read) ?? HeadFile.standard())
    let sink = try SoundFileWriter(
      path: output, format: try file.format(ofPath: output), sampleRate: Int(log.sampleRate), channels: 2,
      tags: Recording.tags(
        "A performance", playedFrom: log.presetName ?? "a preset",
        how: "made with: tingle replay \(Shell.quoted(self.log))"),
      seed: 0, expectedFrames: log.length, overwrite: file.force,
      isCancelled: { interruption.isRequested })
    let seconds = Double(log.length) / log.sampleRate
    var progress = Progress(totalSeconds: seconds, quiet: file.quiet)
    var done = 0
    defer { progress.clear() }
    try sink.fill {
      try performance.render { frames in
        try interruption.check()
        try sink.write(UnsafeBufferPointer(frames))
        done += frames.count
        progress.show(Double(done) / log.sampleRate)
      }
    }
    progress.clear()
    if !file.quiet { Terminal.say("\(output): \(Format.clock(seconds)) long, as it was played") }
  }
}
