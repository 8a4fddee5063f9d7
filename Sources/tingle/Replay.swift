import ArgumentParser
import Foundation
import TingleAudio
import TingleLive

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

  @Option(help: "The format, when the file's name does not tell: wav, flac, ogg, opus, mp3.")
  var format: FileFormat.Container?

  @Option(help: "Bits per sample of WAV and FLAC: 16 (dithered), 24, float. (default: 24)")
  var bits: FileFormat.Depth?

  @Flag(help: "Replace the file if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let interruption = Interruption()
    guard let data = FileManager.default.contents(atPath: log) else {
      throw AudioError(.noInput, "cannot read '\(log)'; does it exist?")
    }
    let log = try PerformanceLog.decoded(data, file: self.log)
    let performance = try log.performance(head: try log.hrtf.map(HeadFile.read) ?? HeadFile.standard())
    let format = try FileFormat(format ?? FileFormat.container(ofPath: output), depth: bits)
    let sink = try SoundFileWriter(
      path: output, format: format, sampleRate: Int(log.sampleRate), channels: 2,
      tags: FileTags(
        title: "A performance", software: "tingle \(Tingle.version)",
        comment: "tingle \(Tingle.version); made with: tingle replay \(Shell.quoted(self.log))"),
      seed: 0, expectedFrames: log.length, overwrite: force)
    let seconds = Double(log.length) / log.sampleRate
    var progress = Progress(totalSeconds: seconds, quiet: quiet)
    var done = 0
    do {
      try performance.render { frames in
        try interruption.check()
        try sink.write(UnsafeBufferPointer(frames))
        done += frames.count
        progress.show(Double(done) / log.sampleRate)
      }
      try sink.close()
    } catch {
      progress.clear()
      sink.abandon()
      throw error
    }
    progress.clear()
    if !quiet { Terminal.say("\(output): \(Format.clock(seconds)) long, as it was played") }
  }
}
