import ArgumentParser
import Foundation
import TingleBatch
import TingleFiles
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

      A log that was not ended, because its player was killed, is rendered as far as it goes.
      """)

  @Argument(help: "The log that `tingle play --record` wrote.", completion: .file(extensions: ["json"]))
  var log: String

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  @OptionGroup var file: FileOptions

  func run() throws {
    let interruption = Interruption()
    let log = try interruption.endingAtOnce {
      try PerformanceLog.decoded(InputFile.contents(self.log), file: self.log)
    }
    guard log.length > 0 else { throw UserError(.data, "'\(self.log)' ends before anything was played") }
    let performance = try log.performance(head: try hrtf(log).map(SOFAFile.read) ?? SOFAFile.standard())
    let sink = try SoundFileWriter(
      path: output, format: try file.format(ofPath: output), sampleRate: Int(log.sampleRate), channels: 2,
      tags: tags(log), seed: 0, expectedFrames: log.length, overwrite: file.force,
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
    guard !file.quiet else { return }
    let end = log.isEnded ? "" : "; its player was killed, and the log ends there"
    Terminal.say("\(output): \(Format.clock(seconds)) long, as it was played\(end)")
  }

  private func tags(_ log: PerformanceLog) throws -> FileTags {
    let format = try file.format(ofPath: output)
    var provenance = Provenance(
      presetName: log.presetName ?? "a preset", purpose: log.purpose, recipe: nil,
      command: ["replay", self.log],
      seed: 0, sampleRate: Int(log.sampleRate), channels: 2)
    (provenance.container, provenance.depth, provenance.frames) = (format.container, format.depth, log.length)
    return FileTags(title: "A performance", provenance: provenance)
  }

  /// The listener's SOFA file. Version 0.1.0 logged its path as it was given, so it is looked for here and beside the log.
  private func hrtf(_ log: PerformanceLog) -> String? {
    guard let path = log.hrtf, !path.hasPrefix("/"), !FileSystem.exists(path) else {
      return log.hrtf
    }
    return FileSystem.absolute(FileSystem.path(path, in: FileSystem.folder(of: self.log)))
  }
}
