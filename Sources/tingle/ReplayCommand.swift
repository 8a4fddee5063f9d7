import ArgumentParser
import Foundation
import TingleBatch
import TingleFiles
import TingleLive
import TingleSupport

/// `tingle replay`: renders a recorded performance from its log.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract:
      "Render a performance from its log, with all changes that were made while it played.",
    discussion: """
      Examples:
        tingle play unwind --record evening.wav
        tingle replay evening.wav.json -o again.wav

      If the player was killed, its log is incomplete; it is rendered up to its last line.
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
    guard log.length > 0 else {
      throw UserError(.data, "'\(self.log)' has no frames: the player ended before playback started")
    }
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
    let end = log.isEnded ? "" : "; the log is incomplete because the player was killed"
    Terminal.say("\(output): \(Format.clock(seconds)) rendered\(end)")
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

  /// The path of the user's SOFA file. Version 0.1.0 logged it as given: a relative path that does not exist
  /// here is resolved against the folder of the log.
  private func hrtf(_ log: PerformanceLog) -> String? {
    guard let path = log.hrtf, !path.hasPrefix("/"), !FileSystem.exists(path) else {
      return log.hrtf
    }
    return FileSystem.absolute(FileSystem.path(path, in: FileSystem.folder(of: self.log)))
  }
}
